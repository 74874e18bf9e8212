package org.cranny.daemon.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** How Java makes trust managers. */
final class UsualTrust {
    /** What servers ask for when nobody decided otherwise. */
    static final String ALGORITHM = "PKIX";

    private static final String MAKER = "SunJSSE";

    private UsualTrust() {}

    static TrustManagerFactory factory() throws NoSuchAlgorithmException {
        try {
            return TrustManagerFactory.getInstance(ALGORITHM, MAKER);
        } catch (NoSuchProviderException e) {
            throw new NoSuchAlgorithmException(e);
        }
    }

    /** @param file a PKCS#12 of authorities */
    static X509ExtendedTrustManager read(Path file, char[] password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password);
        }
        TrustManagerFactory factory = factory();
        factory.init(store);
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }
}
