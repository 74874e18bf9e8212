package org.cranny.daemon.identity;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.tls.PeerCheck;

/**
 * Trusts central alone, before there is a realm: the chain that it shows must end in a certificate with exactly the
 * fingerprint that the administrator gave, and name system number 1 of that authority's realm.
 */
final class PinnedTrust extends X509ExtendedTrustManager {
    private static final long CENTRAL = 1;

    private final String fingerprint;

    /** @throws IllegalArgumentException unless it is 64 hexadecimal digits, colons aside */
    PinnedTrust(String fingerprint) {
        this.fingerprint = fingerprint.replace(":", "").strip().toLowerCase(Locale.ROOT);
        if (!this.fingerprint.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a fingerprint is 64 hexadecimal digits: " + fingerprint);
        }
    }

    boolean isPinned(X509Certificate authority) throws CertificateException {
        return Certificates.fingerprint(authority).equals(fingerprint);
    }

    /** The innermost message: TLS wraps it several times. */
    static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        X509Certificate authority = chain[chain.length - 1];
        if (!isPinned(authority)) {
            throw new CertificateException("its authority has the fingerprint " + Certificates.fingerprint(authority));
        }
        SystemId central = new SystemId(RealmId.of(authority.getPublicKey()), CENTRAL);
        new PeerCheck(authority, central::equals).checkServerTrusted(chain, "EC");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("nobody calls here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("nobody calls here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("nobody calls here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
