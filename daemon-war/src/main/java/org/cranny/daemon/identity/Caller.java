package org.cranny.daemon.identity;

import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.signing.PublicKeys;
import org.cranny.protocol.tls.PeerCheck;

/** The system on the other end of a connection, as its certificate names it. */
public record Caller(SystemId system, PublicKey key) {

    /** @throws CertificateException when the certificate names no system */
    public static Caller of(X509Certificate certificate) throws CertificateException {
        return new Caller(PeerCheck.systemOf(certificate), certificate.getPublicKey());
    }

    /** SHA-256 of the public key, as allotments name it. */
    public byte[] keyFingerprint() {
        return PublicKeys.fingerprint(key);
    }
}
