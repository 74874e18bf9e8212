package org.cranny.daemon.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
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
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;

/**
 * Makes the home of a realm with one member, so that {@code cranny-daemon prepare} can start a daemon once and note
 * which classes a start needs. The realm's keys are forgotten at once and its home is thrown away: nobody can join.
 * Its only member is number 1 and its own central, so that one heartbeat walks through both sides of a connection.
 */
public final class Rehearsal {
    private static final Duration LIFE = Duration.ofHours(1);

    private final KeyPair authorityKeys = pair("EC");
    private final RealmId realm = RealmId.of(authorityKeys.getPublic());

    private Rehearsal() {}

    /** @param arguments the folder of the home */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        new Rehearsal().write(new Home(Path.of(arguments[0]).toAbsolutePath()));
    }

    private void write(Home home) throws IOException, GeneralSecurityException {
        X509Certificate authority = certify(authorityKeys.getPublic(), null);
        Enrollment enrollment = new Enrollment(home, Certificates.fingerprint(authority));
        SystemId self = new SystemId(realm, 1);
        String address = "https://127.0.0.1:" + freePort();
        Enrolled enrolled = new Enrolled(
                self.number(),
                realm.hex(),
                List.of(pem(certify(enrollment.publicKey(), self.uri())), pem(authority)),
                realmKeys(),
                address,
                null);
        enrollment.settle(enrolled, new Settings("rehearsal", address, URI.create(address), "1M", "0"));
    }

    private static String pem(X509Certificate certificate) throws GeneralSecurityException {
        return Certificates.pem("CERTIFICATE", certificate.getEncoded());
    }

    private String realmKeys() {
        PublicKey signing = pair("Ed25519").getPublic();
        PublicKey sealing = pair("X25519").getPublic();
        return new RealmKeys(realm, Instant.now(), signing, signing, signing, sealing, sealing)
                .sign(authorityKeys.getPrivate())
                .text();
    }

    private X509Certificate certify(PublicKey key, String uri) throws GeneralSecurityException {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Principal("CN=rehearsal authority"),
                    BigInteger.valueOf(uri == null ? 1 : 2),
                    new Date(),
                    Date.from(Instant.now().plus(LIFE)),
                    new X500Principal(uri == null ? "CN=rehearsal authority" : "CN=rehearsal"),
                    key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(uri == null));
            if (uri != null) {
                GeneralName name = new GeneralName(GeneralName.uniformResourceIdentifier, uri);
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(name));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(
                            new JcaContentSignerBuilder("SHA256withECDSA").build(authorityKeys.getPrivate())));
        } catch (OperatorCreationException | CertIOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static KeyPair pair(String algorithm) {
        try {
            return "EC".equals(algorithm)
                    ? Enrollment.newKeys()
                    : KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
