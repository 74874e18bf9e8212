package org.cranny.client.stub;

import java.io.StringReader;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.cranny.protocol.grant.Allotment;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.masterfile.MasterFile;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.PublicKeys;
import org.cranny.protocol.tls.MachineIdentity;

/** A realm made for one test: its authority, its keys, and certificates for whoever a test needs. */
public final class TestRealm {
    private final KeyPair authorityKey = ec();
    private final X509Certificate authority = authority();
    private final KeyPair grant = pair("Ed25519");
    private final KeyPair masterFileKey = pair("Ed25519");
    private final KeyPair catalogue = pair("Ed25519");
    private final KeyPair escrow = pair("X25519");
    private final KeyPair browse = pair("X25519");
    private final Instant born = Instant.now();

    public RealmId id() {
        return RealmId.of(authorityKey.getPublic());
    }

    public SystemId system(long number) {
        return new SystemId(id(), number);
    }

    public X509Certificate authorityCertificate() {
        return authority;
    }

    public String fingerprint() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(authority.getEncoded()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public PublicKey masterFileKey() {
        return masterFileKey.getPublic();
    }

    public PrivateKey catalogueKey() {
        return catalogue.getPrivate();
    }

    public KeyPair escrowKey() {
        return escrow;
    }

    public String signedKeys() {
        return new RealmKeys(
                        id(),
                        born,
                        grant.getPublic(),
                        masterFileKey.getPublic(),
                        catalogue.getPublic(),
                        escrow.getPublic(),
                        browse.getPublic())
                .sign(authorityKey.getPrivate())
                .text();
    }

    public String allotment(SystemId source, PublicKey holder) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Instant later = now.plus(30, ChronoUnit.DAYS);
        return new Allotment(source, PublicKeys.fingerprint(holder), now, later, 1L << 40, 1L << 40)
                .sign(grant.getPrivate())
                .text();
    }

    /** A machine of this realm with a fresh key. */
    public MachineIdentity machine(long number) {
        KeyPair pair = ec();
        X509Certificate certificate = issue(system(number), pair.getPublic());
        return new MachineIdentity(system(number), pair.getPrivate(), List.of(certificate, authority));
    }

    /** A machine whose certificate was good until a minute ago. */
    public MachineIdentity expiredMachine(long number) {
        KeyPair pair = ec();
        Date minuteAgo = Date.from(Instant.now().minus(1, ChronoUnit.MINUTES));
        X509Certificate certificate = issue(system(number), pair.getPublic(), minuteAgo);
        return new MachineIdentity(system(number), pair.getPrivate(), List.of(certificate, authority));
    }

    public X509Certificate issue(SystemId system, PublicKey key) {
        return issue(system, key, until());
    }

    /** A certificate that ends then. */
    public X509Certificate issue(SystemId system, PublicKey key, Date until) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    authority, serial(), since(), until, new X500Name("CN=" + system.number()), key);
            GeneralName uri = new GeneralName(GeneralName.uniformResourceIdentifier, system.uri());
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(uri));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            return signed(builder);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key that a certificate request asks a certificate for. */
    public static PublicKey keyOf(String request) {
        try (PEMParser parser = new PEMParser(new StringReader(request))) {
            return new JcaPKCS10CertificationRequest((PKCS10CertificationRequest) parser.readObject()).getPublicKey();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static String pem(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A signed master file with hosts of these numbers, all at one address. */
    public MasterFile masterFile(long version, long... hosts) {
        Map<Long, String> lines = new TreeMap<>();
        for (long host : hosts) {
            lines.put(host, hostLine(host, "https://127.0.0.1:1"));
        }
        return masterFile(version, lines);
    }

    public MasterFile masterFile(long version, Map<Long, String> lines) {
        String header = "{\"cranny\":\"master-file\",\"format\":1,\"realm\":\"" + id() + "\",\"version\":" + version
                + ",\"time\":1790000000,\"hosts\":" + lines.size() + "}";
        try {
            return MasterFile.sign(header, lines, masterFileKey.getPrivate());
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String hostLine(long id, String address) {
        return "{\"id\":" + id + ",\"name\":\"ws-" + id + "\",\"address\":\"" + address
                + "\",\"freeBytes\":51200000000,\"quotaBytes\":60000000000,\"rating\":0.5,\"availability\":\"unknown\""
                + ",\"domain\":\"host:" + id + "\",\"state\":\"ACCEPTING\"}";
    }

    private X509Certificate authority() {
        try {
            X500Name name = new X500Name("CN=Test authority");
            JcaX509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(name, serial(), since(), until(), name, authorityKey.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            return signed(builder);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate signed(JcaX509v3CertificateBuilder builder) throws Exception {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(authorityKey.getPrivate())));
    }

    private static BigInteger serial() {
        return BigInteger.valueOf(System.nanoTime());
    }

    private static Date since() {
        return Date.from(Instant.now().minus(1, ChronoUnit.HOURS));
    }

    private static Date until() {
        return Date.from(Instant.now().plus(90, ChronoUnit.DAYS));
    }

    private static KeyPair ec() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair pair(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
