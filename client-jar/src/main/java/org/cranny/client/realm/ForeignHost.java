package org.cranny.client.realm;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cranny.client.enrollment.Fingerprint;
import org.cranny.protocol.enrollment.JoinRequest;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.tls.PeerCheck;

/**
 * A host that belongs to another realm and serves this one, too: sources know it by its number there and by the fingerprint
 * of that realm's authority.
 */
record ForeignHost(SystemId system, String authority) {
    private static final int LONGEST = 16 << 10;
    private static final int MOST = 4;

    /**
     * Who asks, when it is such a host.
     *
     * @param key that the request proves to have
     * @throws RealmException when the request's certificates are not right, or are of this realm
     */
    static Optional<ForeignHost> of(JoinRequest request, PublicKey key, RealmId own) throws RealmException {
        List<String> shown = request.certificates();
        if (shown == null || shown.isEmpty()) {
            return Optional.empty();
        }
        try {
            X509Certificate[] chain = chain(shown);
            X509Certificate authority = chain[chain.length - 1];
            SystemId system = PeerCheck.systemOf(chain[0]);
            new PeerCheck(authority, system::equals).checkServerTrusted(chain, "EC");
            boolean right =
                    chain[0].getPublicKey().equals(key) && system.realm().equals(RealmId.of(authority.getPublicKey()));
            if (!right) {
                throw new CertificateException("its certificate is for another key or another realm");
            }
            if (system.realm().equals(own)) {
                throw new RealmException("This host is in the realm already. Use 'cranny realm list'.");
            }
            return Optional.of(new ForeignHost(system, Fingerprint.of(authority).hex()));
        } catch (CertificateException e) {
            throw new RealmException(
                    "The request is not good: " + e.getMessage() + ". Have it made afresh with 'cranny-daemon trust"
                            + " request'.",
                    e);
        }
    }

    private static X509Certificate[] chain(List<String> shown) throws CertificateException {
        if (shown.size() > MOST) {
            throw new CertificateException("it shows too many certificates");
        }
        List<X509Certificate> chain = new ArrayList<>();
        for (String pem : shown) {
            if (pem == null || pem.length() > LONGEST) {
                throw new CertificateException("a certificate in it cannot be read");
            }
            byte[] octets = pem.getBytes(StandardCharsets.US_ASCII);
            chain.add((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(octets)));
        }
        return chain.toArray(X509Certificate[]::new);
    }
}
