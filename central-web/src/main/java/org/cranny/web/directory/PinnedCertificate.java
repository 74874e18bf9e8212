package org.cranny.web.directory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.X509TrustManager;

/** Believes one server certificate, by its SHA-256, as long as it is valid. */
final class PinnedCertificate implements X509TrustManager {
    private final String fingerprint;

    /** @param fingerprint 64 hex digits, lower case */
    PinnedCertificate(String fingerprint) {
        this.fingerprint = fingerprint;
    }

    /** Reads 64 hex digits, with colons or without. */
    static String fingerprint(String text) {
        String digits = text.strip().replace(":", "").toLowerCase(Locale.ROOT);
        if (!digits.matches("[0-9a-f]{64}")) {
            throw new IllegalStateException("cranny.ldap.pin is the SHA-256 of a certificate: 64 hex digits");
        }
        return digits;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        chain[0].checkValidity();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
            String shown = HexFormat.of().formatHex(digest);
            if (!MessageDigest.isEqual(ascii(shown), ascii(fingerprint))) {
                throw new CertificateException("the directory shows another certificate than the one pinned: " + shown);
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        throw new CertificateException("no client is believed here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
