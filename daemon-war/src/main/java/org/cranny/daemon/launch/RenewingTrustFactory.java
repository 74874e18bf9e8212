package org.cranny.daemon.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;
import javax.net.ssl.X509ExtendedTrustManager;

/** Java's own factory; managers that believe an authority of the trust file follow that file for callers. */
final class RenewingTrustFactory extends TrustManagerFactorySpi {
    private final Path file;
    private final char[] password;
    private final TrustManagerFactory usual;

    RenewingTrustFactory(Path file, char[] password) throws NoSuchAlgorithmException {
        this.file = file;
        this.password = password;
        this.usual = UsualTrust.factory();
    }

    @Override
    protected void engineInit(KeyStore store) throws KeyStoreException {
        usual.init(store);
    }

    @Override
    protected void engineInit(ManagerFactoryParameters parameters) throws InvalidAlgorithmParameterException {
        usual.init(parameters);
    }

    @Override
    protected TrustManager[] engineGetTrustManagers() {
        TrustManager[] managers = usual.getTrustManagers();
        if (managers[0] instanceof X509ExtendedTrustManager first && isOfTheFile(first)) {
            managers[0] = new NewestTrust(file, password, first);
        }
        return managers;
    }

    /** Others, such as those of the authorities that Java brings along, have nothing to do with the file. */
    private boolean isOfTheFile(X509ExtendedTrustManager manager) {
        List<X509Certificate> believed = Arrays.asList(manager.getAcceptedIssuers());
        try {
            return !believed.isEmpty()
                    && Arrays.asList(UsualTrust.read(file, password).getAcceptedIssuers())
                            .containsAll(believed);
        } catch (IOException | GeneralSecurityException e) {
            return false;
        }
    }
}
