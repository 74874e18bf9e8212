package org.cranny.daemon.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.LongPredicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.cranny.protocol.anchor.LogAnchor;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.enrollment.JoinBundle;
import org.cranny.protocol.grant.Allotment;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.signing.PublicKeys;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.tls.MachineIdentity;
import org.cranny.protocol.tls.MutualTls;
import org.cranny.protocol.tls.PeerCheck;

/** A whole realm in memory: an authority that certifies, and central's keys. */
public final class TestRealm {
    private static final Duration LIFE = Duration.ofDays(30);

    private final KeyPair authorityKeys = ec();
    private final X509Certificate authority;
    private final KeyPair grant = pair("Ed25519");
    private final KeyPair other = pair("Ed25519");
    private final KeyPair sealing = pair("X25519");
    private final Instant born = Instant.now().minus(Duration.ofHours(1));

    private final X500Principal name;

    public TestRealm() {
        this(null);
    }

    /** @param other a realm whose authority has the name that this one gives itself; null for a name of its own */
    private TestRealm(TestRealm other) {
        name = other == null ? new X500Principal("CN=test authority " + id()) : other.name;
        authority = certify(authorityKeys.getPublic(), null, born.plus(LIFE));
    }

    /** Another realm with other keys, whose authority is called the same. */
    public TestRealm pretender() {
        return new TestRealm(this);
    }

    /** A system with its key and certificate. */
    public record Member(SystemId id, KeyPair keys, X509Certificate certificate) {
        public Caller caller() {
            return new Caller(id, keys.getPublic());
        }
    }

    public X509Certificate authority() {
        return authority;
    }

    public RealmId id() {
        return RealmId.of(authorityKeys.getPublic());
    }

    /** A head of central's log, signed, base64url. */
    public String anchor(long sequence, String hash) {
        return new LogAnchor(id(), sequence, hash, Instant.now())
                .sign(other.getPrivate())
                .text();
    }

    public Member member(long number) {
        return member(number, born.plus(LIFE));
    }

    public Member member(long number, Instant expires) {
        KeyPair keys = ec();
        SystemId id = new SystemId(id(), number);
        return new Member(id, keys, certify(keys.getPublic(), id.uri(), expires));
    }

    public X509Certificate certify(PublicKey key, long number) {
        return certify(key, new SystemId(id(), number).uri(), born.plus(LIFE));
    }

    /** Names whatever system it is told to, also one of another realm, which no honest authority does. */
    public X509Certificate certify(PublicKey key, SystemId named) {
        return certify(key, named.uri(), born.plus(LIFE));
    }

    public String realmKeys() {
        return realmKeys(born);
    }

    public String realmKeys(Instant issued) {
        return new RealmKeys(
                        id(),
                        issued,
                        grant.getPublic(),
                        other.getPublic(),
                        other.getPublic(),
                        sealing.getPublic(),
                        sealing.getPublic())
                .sign(authorityKeys.getPrivate())
                .text();
    }

    public Allotment allotment(Member source, long bytes, long bytesPerDay) {
        byte[] holder = PublicKeys.fingerprint(source.keys().getPublic());
        return new Allotment(source.id(), holder, born, born.plus(LIFE), bytes, bytesPerDay);
    }

    public Signed sign(Allotment allotment) {
        return allotment.sign(grant.getPrivate());
    }

    /** The key that signs allotments and grants. */
    public PrivateKey grantKey() {
        return grant.getPrivate();
    }

    /** Another key that the realm holds, but not for grants. */
    public PrivateKey masterFileKey() {
        return other.getPrivate();
    }

    /** Writes an enrolled home, as enrollment leaves it. */
    public Home home(Path folder, Member host, Settings settings) {
        Home home = new Home(folder);
        char[] password = "only for a test".toCharArray();
        try {
            Home.replace(home.realm("ca.pem"), ascii(Certificates.pem("CERTIFICATE", authority.getEncoded())));
            Home.replace(home.realm("keys"), ascii(realmKeys()));
            settings.store(home);
            KeyStore trusted = empty();
            trusted.setCertificateEntry("authority", authority);
            Home.replace(home.realm("truststore.p12"), Certificates.octets(trusted, password));
            Home.replace(home.identity(), Certificates.octets(store(host, password), password));
            Home.replace(home.password(), ascii(new String(password)));
            return home;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A bundle for a host of another realm, as the keeper answers a request. */
    public JoinBundle bundle() {
        try {
            String pem = Certificates.pem("CERTIFICATE", authority.getEncoded());
            return JoinBundle.of("test host", new Enrolled(3, id().hex(), List.of(pem), realmKeys(), null, null), null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What people compare. */
    public String fingerprint() {
        try {
            return Certificates.fingerprint(authority);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Has a home trust this realm. @param quota that is lent to it, or null */
    public void trustedBy(Home home, String quota) throws IOException {
        new Trusting(home).add(bundle(), fingerprint(), quota);
    }

    public static Settings settings(String address, String central) {
        return new Settings("test host", address, URI.create(central), "1G", "1M");
    }

    /** TLS as this member would speak it; trusts members of this realm with the right number. */
    public SSLContext tls(Member member, LongPredicate expected) {
        return MutualTls.context(
                new MachineIdentity(member.id(), member.keys().getPrivate(), List.of(member.certificate(), authority)),
                system -> system.realm().equals(id()) && expected.test(system.number()));
    }

    /** TLS of a member towards a host of another realm, of which it knows the fingerprint of the authority. */
    public SSLContext tlsAbroad(Member member, SystemId host, String fingerprint) {
        return MutualTls.toHost(
                new MachineIdentity(member.id(), member.keys().getPrivate(), List.of(member.certificate(), authority)),
                host,
                fingerprint);
    }

    /** TLS of a caller that shows no certificate. */
    public SSLContext anonymousTls() {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {new PeerCheck(authority, system -> true)}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore store(Member member, char[] password) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        X509Certificate[] chain = {member.certificate(), authority};
        store.setKeyEntry(MachineIdentity.ALIAS, member.keys().getPrivate(), password, chain);
        return store;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private X509Certificate certify(PublicKey key, String uri, Instant expires) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    new BigInteger(100, new SecureRandom()),
                    Date.from(born),
                    Date.from(expires),
                    uri == null ? name : new X500Principal("CN=member"),
                    key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(uri == null));
            if (uri != null) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(
                            new JcaContentSignerBuilder("SHA256withECDSA").build(authorityKeys.getPrivate())));
        } catch (OperatorCreationException | CertIOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair ec() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair pair(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
