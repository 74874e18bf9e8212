package org.cranny.client.realm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;

/**
 * Writes the certificates of a realm that is kept by hand, as central writes those of its own: ECDSA P-256, the system's
 * URI as its one name. They live long, since each renewal is a file that people carry.
 */
final class Certificates {
    private static final Duration BACKDATED = Duration.ofMinutes(5);
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(10_950);
    private static final Duration SYSTEM_LIFE = Duration.ofDays(3_650);

    private final SecureRandom random;

    Certificates(SecureRandom random) {
        this.random = random;
    }

    X509Certificate authority(KeyPair pair, Instant now) {
        X500Name name = new X500Name("CN=Cranny authority " + RealmId.of(pair.getPublic()));
        try {
            X509v3CertificateBuilder builder = builder(name, name, pair.getPublic(), now, AUTHORITY_LIFE);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
            return sign(builder, pair);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the authority's certificate cannot be made", e);
        }
    }

    /** For both TLS roles. */
    X509Certificate system(SystemId system, PublicKey key, RealmSecrets realm, Instant now) {
        try {
            X500Name issuer = X500Name.getInstance(
                    realm.certificate().getSubjectX500Principal().getEncoded());
            X500Name subject = new X500Name("CN=Cranny system " + system.number());
            X509v3CertificateBuilder builder = builder(issuer, subject, key, now, SYSTEM_LIFE);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
            GeneralName uri = new GeneralName(GeneralName.uniformResourceIdentifier, system.uri());
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(uri));
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    identifiers.createAuthorityKeyIdentifier(realm.certificate().getPublicKey()));
            builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
            return sign(builder, realm.authority());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("a certificate cannot be made", e);
        }
    }

    /** When a certificate of a system that is made now is over. */
    static Instant expiry(Instant now) {
        return now.plus(SYSTEM_LIFE);
    }

    static X509Certificate read(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    static String pem(X509Certificate certificate) throws IOException {
        try {
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateException e) {
            throw new IOException(e);
        }
    }

    private X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey key, Instant now, Duration life) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(127, random).add(BigInteger.ONE),
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(life)),
                subject,
                key);
    }

    private X509Certificate sign(X509v3CertificateBuilder builder, KeyPair signer)
            throws IOException, CertificateException {
        try {
            return read(builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                            .setSecureRandom(random)
                            .build(signer.getPrivate()))
                    .getEncoded());
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("the authority cannot sign", e);
        }
    }
}
