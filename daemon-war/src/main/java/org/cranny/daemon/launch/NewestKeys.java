package org.cranny.daemon.launch;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
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
    private final Path identity;
    private final char[] password;
    private volatile Read last;

    /** @param stamp of the file then, empty before the first reading */
    private record Read(String stamp, X509ExtendedKeyManager keys) {}

    /** @param first shown as long as the file cannot be read */
    NewestKeys(Path identity, char[] password, X509ExtendedKeyManager first) {
        this.identity = identity;
        this.password = password.clone();
        this.last = new Read("", first);
    }

    private X509ExtendedKeyManager keys() {
        Read read = last;
        String stamp = stamp(read.stamp());
        return stamp.equals(read.stamp()) ? read.keys() : reread();
    }

    private synchronized X509ExtendedKeyManager reread() {
        Read read = last;
        String stamp = stamp(read.stamp());
        if (!stamp.equals(read.stamp())) {
            last = new Read(stamp, newest(read.keys()));
        }
        return last.keys();
    }

    private X509ExtendedKeyManager newest(X509ExtendedKeyManager before) {
        try {
            return UsualKeys.read(identity, password);
        } catch (IOException | GeneralSecurityException e) {
            System.getLogger(NewestKeys.class.getName())
                    .log(Level.WARNING, "{0} cannot be read, the certificate of before is shown: {1}", identity, e);
            return before;
        }
    }

    /** A file that is put in its place is another one, or later. */
    private String stamp(String whenUnknown) {
        try {
            BasicFileAttributes file = Files.readAttributes(identity, BasicFileAttributes.class);
            return file.fileKey() + " " + file.lastModifiedTime();
        } catch (IOException e) {
            return whenUnknown;
        }
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
