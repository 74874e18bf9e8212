package org.cranny.protocol.tls;

import java.security.GeneralSecurityException;
import java.util.function.Predicate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.cranny.protocol.id.SystemId;

/** Makes TLS contexts that show who we are and accept only the systems that we expect. */
public final class MutualTls {
    private MutualTls() {}

    /**
     * A context for connections to one host.
     *
     * @param authority SHA-256 of the certificate of another realm's authority, hexadecimal, when the host belongs there;
     *     null when it is of ours
     */
    public static SSLContext toHost(MachineIdentity identity, SystemId host, String authority) {
        return context(
                identity,
                authority == null
                        ? new PeerCheck(identity.authority(), host::equals)
                        : PeerCheck.pinned(authority, host::equals));
    }

    /** A context for connections to peers that pass {@code expected}, of the authority that issued our identity. */
    public static SSLContext context(MachineIdentity identity, Predicate<SystemId> expected) {
        return context(identity, new PeerCheck(identity.authority(), expected));
    }

    private static SSLContext context(MachineIdentity identity, PeerCheck check) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(new KeyManager[] {new OwnKey(identity)}, new TrustManager[] {check}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this identity cannot be used for TLS", e);
        }
    }
}
