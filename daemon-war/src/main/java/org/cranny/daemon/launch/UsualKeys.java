package org.cranny.daemon.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/** How Java makes key managers. */
final class UsualKeys {
    /** What servers ask for when nobody decided otherwise. */
    static final String ALGORITHM = "SunX509";

    private static final String MAKER = "SunJSSE";

    private UsualKeys() {}

    static KeyManagerFactory factory() throws GeneralSecurityException {
        return KeyManagerFactory.getInstance(ALGORITHM, MAKER);
    }

    /** @param identity a PKCS#12 with one key */
    static X509ExtendedKeyManager read(Path identity, char[] password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(identity)) {
            store.load(in, password);
        }
        KeyManagerFactory factory = factory();
        factory.init(store, password);
        return (X509ExtendedKeyManager) factory.getKeyManagers()[0];
    }
}
