package org.cranny.daemon.launch;

import java.net.Socket;
import java.nio.file.Path;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Shows the certificate that lies in the identity file now: each handshake costs a look at the file, and a renewal one
 * reading of it. A file that cannot be read changes nothing; what was shown before is shown on. Thread-safe.
 *
 * <p>The key of an identity never changes, so a handshake during a renewal finds key and certificate that fit.
 */
final class NewestKeys extends X509ExtendedKeyManager {
    private final Following<X509ExtendedKeyManager> identity;

    /** @param first shown as long as the file cannot be read */
    NewestKeys(Path identity, char[] password, X509ExtendedKeyManager first) {
        char[] own = password.clone();
        this.identity = new Following<>(identity, file -> UsualKeys.read(file, own), first);
    }

    private X509ExtendedKeyManager keys() {
        return identity.now();
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return keys().getClientAliases(keyType, issuers);
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
        return keys().chooseClientAlias(keyType, issuers, socket);
    }

    @Override
    public String chooseEngineClientAlias(String[] keyType, Principal[] issuers, SSLEngine engine) {
        return keys().chooseEngineClientAlias(keyType, issuers, engine);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return keys().getServerAliases(keyType, issuers);
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return keys().chooseServerAlias(keyType, issuers, socket);
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return keys().chooseEngineServerAlias(keyType, issuers, engine);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return keys().getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return keys().getPrivateKey(alias);
    }
}
