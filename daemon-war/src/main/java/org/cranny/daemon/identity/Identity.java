package org.cranny.daemon.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.function.LongPredicate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.receipt.Receipt;
import org.cranny.protocol.signing.Signed;

/** Who this daemon is: its number in the realm, its key, and the authority that vouched for it at enrollment. */
public final class Identity {
    static final String ALIAS = "cranny";

    private final KeyStore store;
    private final char[] password;
    private final X509Certificate own;
    private final X509Certificate authority;
    private final PrivateKey key;

    private Identity(KeyStore store, char[] password, X509Certificate own, X509Certificate authority)
            throws GeneralSecurityException {
        this.store = store;
        this.password = password;
        this.own = own;
        this.authority = authority;
        this.key = (PrivateKey) store.getKey(ALIAS, password);
    }

    /** @throws IOException when the home was never enrolled, or what lies there does not fit together */
    public static Identity load(Home home) throws IOException {
        if (!Files.isRegularFile(home.identity())) {
            throw new IOException(home.folder() + " is not enrolled: run \"cranny-daemon enroll\" first");
        }
        try (InputStream in = Files.newInputStream(home.identity())) {
            char[] password = Files.readString(home.password(), StandardCharsets.US_ASCII)
                    .strip()
                    .toCharArray();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            X509Certificate own = (X509Certificate) store.getCertificate(ALIAS);
            X509Certificate authority = Certificates.ofPem(Files.readString(home.realm("ca.pem")));
            return new Identity(store, password, own, authority);
        } catch (GeneralSecurityException e) {
            throw new IOException("the identity in " + home.folder() + " cannot be read: " + e.getMessage(), e);
        }
    }

    public SystemId system() {
        return Certificates.system(own);
    }

    public RealmId realm() {
        return RealmId.of(authority.getPublicKey());
    }

    X509Certificate authority() {
        return authority;
    }

    public Signed sign(Receipt receipt) {
        return receipt.sign(key);
    }

    /** Both ends show certificates; the peer must be a system of this realm that passes the test. */
    public SSLContext tls(LongPredicate expected) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(
                    keys.getKeyManagers(),
                    new TrustManager[] {new RealmTrust(authority, expected)},
                    new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
