package org.cranny.daemon.identity;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.LongPredicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;

/**
 * Trusts a peer when its chain ends at the realm's authority and its URI names the system that is expected.
 * Host names and addresses are not looked at: office addresses change.
 */
final class RealmTrust extends X509ExtendedTrustManager {
    private final X509Certificate authority;
    private final LongPredicate expected;

    /** @param expected whether a system number is the one (or one of those) to be met */
    RealmTrust(X509Certificate authority, LongPredicate expected) {
        this.authority = authority;
        this.expected = expected;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        Certificates.checkChain(chain, authority);
        try {
            SystemId system = Certificates.system(chain[0]);
            if (!system.realm().equals(RealmId.of(authority.getPublicKey())) || !expected.test(system.number())) {
                throw new CertificateException("the peer is " + system + ", and another one is expected");
            }
        } catch (IllegalArgumentException e) {
            throw new CertificateException(e.getMessage(), e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
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
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[] {authority};
    }
}
