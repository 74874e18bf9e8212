package org.cranny.central.authority;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** A certificate that was issued; kept for ever. */
@Entity
@Table(name = "certificate")
class CertificateRow {
    @Id
    private String serial;

    private long system;

    @Column(name = "issued_millis")
    private long issuedMillis;

    @Column(name = "expires_millis")
    private long expiresMillis;

    private byte[] octets;

    protected CertificateRow() {}

    CertificateRow(long system, X509Certificate certificate, Instant issued) {
        this.serial = certificate.getSerialNumber().toString(16);
        this.system = system;
        this.issuedMillis = issued.toEpochMilli();
        this.expiresMillis = certificate.getNotAfter().getTime();
        try {
            this.octets = certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    CertificateLine line() {
        return new CertificateLine(serial, Instant.ofEpochMilli(issuedMillis), Instant.ofEpochMilli(expiresMillis));
    }

    X509Certificate certificate() {
        try {
            return Certificates.read(octets);
        } catch (CertificateException e) {
            throw new IllegalStateException("the certificate " + serial + " is damaged", e);
        }
    }
}
