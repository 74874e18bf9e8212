package org.cranny.client.enrollment;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLContext;

/**
 * SHA-256 of a certificate, by which an administrator names the authority to trust.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Fingerprint(String hex) {
    public Fingerprint {
        if (hex == null || !hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "A CA fingerprint has 64 hexadecimal digits. Copy it from where you got the token.");
        }
    }

    /** Reads what people type: upper case, colons and blanks do not matter. */
    public static Fingerprint parse(String text) {
        return new Fingerprint(text.replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT));
    }

    public static Fingerprint of(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return new Fingerprint(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Believes central of the realm whose authority has this fingerprint, and nobody else; shows no certificate. */
    public SSLContext trust() {
        return new PinnedAuthority(this).context();
    }

    @Override
    public String toString() {
        return hex;
    }
}
