package org.cranny.daemon.identity;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.cranny.protocol.id.SystemId;

/** Reads and checks certificates of the realm; host names mean nothing here, the URI does. */
final class Certificates {
    private static final int SAN_URI = 6;

    private Certificates() {}

    /** @throws IllegalArgumentException unless the certificate has exactly one URI, that of a system */
    static SystemId system(X509Certificate certificate) {
        try {
            List<String> uris = certificate.getSubjectAlternativeNames() == null
                    ? List.of()
                    : certificate.getSubjectAlternativeNames().stream()
                            .filter(name -> Objects.equals(name.get(0), SAN_URI))
                            .map(name -> (String) name.get(1))
                            .toList();
            if (uris.size() != 1) {
                throw new IllegalArgumentException("the certificate names " + uris.size() + " systems, not one");
            }
            return SystemId.ofUri(uris.get(0));
        } catch (CertificateParsingException e) {
            throw new IllegalArgumentException("the certificate's names cannot be read", e);
        }
    }

    /** Passes when the chain, own certificate first, ends at the authority, is valid now and is issued by it. */
    static void checkChain(X509Certificate[] chain, X509Certificate authority) throws CertificateException {
        try {
            List<X509Certificate> path = Arrays.stream(chain)
                    .filter(certificate -> !certificate.equals(authority))
                    .toList();
            if (path.isEmpty()) {
                throw new CertificateException("the authority's own certificate is nobody's identity");
            }
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new CertificateException("the certificate is not of this realm: " + e.getMessage(), e);
        }
    }

    static String fingerprint(X509Certificate certificate) throws CertificateException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e);
        }
    }

    static X509Certificate ofPem(String pem) throws CertificateException {
        byte[] octets = pem.getBytes(StandardCharsets.US_ASCII);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(octets));
    }

    static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }
}
