package org.cranny.client.enrollment;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.tls.PeerCheck;

/**
 * Believes one server only, before this machine knows its realm: a chain that ends in the authority with the
 * fingerprint that the administrator gave, and that names system 1, central, of that authority's realm.
 * Other machines of the realm have certificates too; they are not believed. Nothing is trusted because it was seen first.
 */
final class PinnedAuthority extends X509ExtendedTrustManager {
    private static final long CENTRAL = 1;

    private final Fingerprint fingerprint;
    private volatile X509Certificate authority;

    PinnedAuthority(Fingerprint fingerprint) {
        this.fingerprint = fingerprint;
    }

    /** A context without a certificate of our own. */
    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {this}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS is not available", e);
        }
    }

    /** The authority that was presented and has the right fingerprint. */
    X509Certificate authority() {
        if (authority == null) {
            throw new IllegalStateException("no server was believed yet");
        }
        return authority;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        X509Certificate last = chain[chain.length - 1];
        Fingerprint presented = Fingerprint.of(last);
        if (!presented.equals(fingerprint)) {
            throw new CertificateException(
                    "its chain ends in a certificate with the fingerprint " + presented + ", not the one given");
        }
        refuseUnlessAuthority(last);
        SystemId central = new SystemId(RealmId.of(last.getPublicKey()), CENTRAL);
        new PeerCheck(last, central::equals).checkServerTrusted(chain, "UNKNOWN");
        authority = last;
    }

    private static void refuseUnlessAuthority(X509Certificate certificate) throws CertificateException {
        try {
            PublicKey own = certificate.getPublicKey();
            certificate.verify(own);
            certificate.checkValidity();
        } catch (GeneralSecurityException e) {
            throw new CertificateException("its authority's certificate is not good: " + e.getMessage(), e);
        }
        if (certificate.getBasicConstraints() < 0) {
            throw new CertificateException("its chain does not end in an authority");
        }
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
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("this side takes no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this side takes no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this side takes no clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
