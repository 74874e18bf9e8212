package org.cranny.protocol.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.cranny.protocol.id.SystemId;

/**
 * Who this machine is: its number in the realm, its key, its certificate up to the authority's.
 *
 * @param chain own certificate first, the authority's last
 */
public record MachineIdentity(SystemId system, PrivateKey key, List<X509Certificate> chain) {
    /** Alias under which a machine's key stands in its PKCS#12. */
    public static final String ALIAS = "cranny";

    public MachineIdentity {
        chain = List.copyOf(chain);
    }

    public static MachineIdentity load(Path pkcs12, char[] password) throws IOException {
        try (InputStream in = Files.newInputStream(pkcs12)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            PrivateKey key = (PrivateKey) store.getKey(ALIAS, password);
            List<X509Certificate> chain = Arrays.stream(store.getCertificateChain(ALIAS))
                    .map(X509Certificate.class::cast)
                    .toList();
            return new MachineIdentity(PeerCheck.systemOf(chain.get(0)), key, chain);
        } catch (GeneralSecurityException e) {
            throw new IOException("The identity in " + pkcs12 + " cannot be opened: " + e.getMessage(), e);
        }
    }

    public X509Certificate certificate() {
        return chain.get(0);
    }

    public X509Certificate authority() {
        return chain.get(chain.size() - 1);
    }

    @Override
    public String toString() {
        return "MachineIdentity[" + system + "]";
    }
}
