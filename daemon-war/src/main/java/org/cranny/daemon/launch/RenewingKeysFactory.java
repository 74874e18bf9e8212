package org.cranny.daemon.launch;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.UnrecoverableKeyException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.X509ExtendedKeyManager;

/** Java's own factory; the managers of the machine's identity follow its file ({@link Launch#IDENTITY}). */
public final class RenewingKeysFactory extends KeyManagerFactorySpi {
    private static final String IDENTITY = "cranny";

    private final KeyManagerFactory usual;
    private char[] password;

    /** For the provider alone. */
    public RenewingKeysFactory() throws GeneralSecurityException {
        usual = UsualKeys.factory();
    }

    @Override
    protected void engineInit(KeyStore store, char[] storePassword)
            throws KeyStoreException, NoSuchAlgorithmException, UnrecoverableKeyException {
        usual.init(store, storePassword);
        boolean identity = store != null && storePassword != null && store.isKeyEntry(IDENTITY);
        password = identity ? storePassword.clone() : null;
    }

    @Override
    protected void engineInit(ManagerFactoryParameters parameters) throws InvalidAlgorithmParameterException {
        usual.init(parameters);
        password = null;
    }

    @Override
    protected KeyManager[] engineGetKeyManagers() {
        KeyManager[] managers = usual.getKeyManagers();
        String file = System.getProperty(Launch.IDENTITY);
        if (password != null && file != null && managers[0] instanceof X509ExtendedKeyManager first) {
            managers[0] = new NewestKeys(Path.of(file), password, first);
        }
        return managers;
    }
}
