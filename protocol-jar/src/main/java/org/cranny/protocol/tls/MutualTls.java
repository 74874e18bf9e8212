package org.cranny.protocol.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.function.Predicate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.cranny.protocol.id.SystemId;

/** Makes TLS contexts that show who we are and accept only the systems that we expect. */
public final class MutualTls {
    private MutualTls() {}

    /** A context for connections to peers that pass {@code expected}, of the authority that issued our identity. */
    public static SSLContext context(MachineIdentity identity, Predicate<SystemId> expected) {
        try {
            char[] password = new char[0];
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, password);
            store.setKeyEntry(
                    MachineIdentity.ALIAS,
                    identity.key(),
                    password,
                    identity.chain().toArray(Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, password);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            TrustManager[] trust = {new PeerCheck(identity.authority(), expected)};
            context.init(keys.getKeyManagers(), trust, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this identity cannot be used for TLS", e);
        }
    }
}
