package org.cranny.central.authority;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
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
 * Writes certificates: ECDSA P-256, a random serial of 127 bits, the system's URI as its one name that counts.
 * What a certificate says comes from central; of a request only the public key is used.
 */
final class Certificates {
    private static final Duration BACKDATED = Duration.ofMinutes(5);
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(7_300);

    private final SecureRandom random;

    Certificates(SecureRandom random) {
        this.random = random;
    }

    X509Certificate authority(KeyPair pair, Instant now) {
        RealmId realm = RealmId.of(pair.getPublic());
        X500Name name = new X500Name("CN=Cranny authority " + realm);
        try {
            X509v3CertificateBuilder builder = builder(name, name, pair.getPublic(), now, AUTHORITY_LIFE);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
            return sign(builder, pair.getPrivate());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the authority's certificate cannot be made", e);
        }
    }

    /** Both TLS roles. @param more host names and addresses, for those who look at them (browsers) */
    X509Certificate system(
            SystemId system,
            PublicKey key,
            List<GeneralName> more,
            X509Certificate authority,
            PrivateKey authorityKey,
            Instant now,
            Duration life) {
        List<GeneralName> names = new ArrayList<>();
        names.add(new GeneralName(GeneralName.uniformResourceIdentifier, system.uri()));
        names.addAll(more);
        KeyPurposeId[] purposes = {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth};
        return issue("Cranny system " + system.number(), key, purposes, names, authority, authorityKey, now, life);
    }

    /** For programs that people start from a link. It names no system, so no machine takes it for one. */
    X509Certificate codeSigner(
            PublicKey key, X509Certificate authority, PrivateKey authorityKey, Instant now, Duration life) {
        String name = "Cranny " + RealmId.of(authority.getPublicKey());
        KeyPurposeId[] purposes = {KeyPurposeId.id_kp_codeSigning};
        return issue(name, key, purposes, List.of(), authority, authorityKey, now, life);
    }

    private X509Certificate issue(
            String name,
            PublicKey key,
            KeyPurposeId[] purposes,
            List<GeneralName> names,
            X509Certificate authority,
            PrivateKey authorityKey,
            Instant now,
            Duration life) {
        try {
            X500Name issuer =
                    X500Name.getInstance(authority.getSubjectX500Principal().getEncoded());
            X509v3CertificateBuilder builder = builder(issuer, new X500Name("CN=" + name), key, now, life);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
            if (!names.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
            }
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    identifiers.createAuthorityKeyIdentifier(authority.getPublicKey()));
            builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
            return sign(builder, authorityKey);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("a certificate cannot be made", e);
        }
    }

    /** SHA-256 of the certificate (DER), hex; what machines pin. */
    static String fingerprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static X509Certificate read(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
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

    private X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws IOException, CertificateException {
        try {
            return read(builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                            .setSecureRandom(random)
                            .build(key))
                    .getEncoded());
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("the authority cannot sign", e);
        }
    }
}
