package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.cranny.cluster.Await;
import org.cranny.cluster.Caller;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Cranny;
import org.cranny.protocol.tls.MachineIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Machines that were in a drawer until their certificates ended go on by themselves. The authority of the shared realm is
 * at hand, so the test signs certificates that ended yesterday in place of those that were issued today.
 */
@ExtendWith(SharesRealm.class)
class RenewalIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofDays(60);

    private final Realm realm;

    RenewalIT(Realm realm) {
        this.realm = realm;
    }

    @Test
    @LongForm
    void aSourceWhoseCertificateEndedBacksUpAgain() throws Exception {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 5, 21);
        Cranny source = realm.source();
        endYesterday(source.home());
        BackupAndRestoreIT.backUp(source, tree);
        assertGoodForLong(certificate(source.home()));
    }

    @Test
    void anAgentWhoseCertificateEndedTakesWorkAgain() throws Exception {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 5, 22);
        Cranny source = realm.source();
        String name = source.home().getFileName().toString();
        endYesterday(source.home());
        Background agent = Background.start(source.commandLine("agent"));
        try {
            Claims.done(realm.admin(realm.stranger(), "backup", name, tree.toString(), "--wait"));
        } finally {
            agent.kill();
        }
        assertGoodForLong(certificate(source.home()));
    }

    @Test
    @LongForm
    void aDaemonWhoseCertificateEndedShowsANewOneAndTakesFragments() throws Exception {
        ClusterStatus.Daemon daemon = realm.status().daemon(3);
        realm.cluster().killDaemon(3);
        endYesterday(daemon.home());
        realm.cluster().startDaemon(3);
        assertGoodForLong(certificate(daemon.home()));
        Await.until("it shows the new certificate", PATIENCE, () -> shown(daemon)
                .getNotAfter()
                .toInstant()
                .isAfter(Instant.now().plus(LONG)));
        realm.awaitState(daemon.name(), "ACCEPTING");
        realm.cluster().killDaemon(1);
        Cranny source = realm.source();
        BackupAndRestoreIT.backUp(source, Contents.tree(realm.emptyFolder("tree"), 5, 23));
        JsonObject check = source.summaryOf(List.of(0), "check");
        assertEquals(2 * check.getInt("packs"), check.getInt("copies"));
    }

    private static void assertGoodForLong(X509Certificate certificate) {
        assertTrue(certificate.getNotAfter().toInstant().isAfter(Instant.now().plus(LONG)), certificate::toString);
    }

    private static X509Certificate certificate(Path home) throws IOException {
        return MachineIdentity.load(home.resolve("identity.p12"), password(home.resolve("identity.password")))
                .certificate();
    }

    private static X509Certificate shown(ClusterStatus.Daemon daemon) {
        try {
            return (X509Certificate) Caller.system(daemon.home())
                    .get(daemon.url() + "/cranny/v1/status")
                    .sslSession()
                    .orElseThrow()
                    .getPeerCertificates()[0];
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The same certificate for the same key, but for its time, signed by the realm's authority. */
    private void endYesterday(Path home) throws Exception {
        Path central = realm.status().central().home();
        char[] authorityPassword = password(central.resolve("secrets/authority-password"));
        KeyStore authority = open(central.resolve("authority.p12"), authorityPassword);
        PrivateKey authorityKey = (PrivateKey) authority.getKey("authority", authorityPassword);
        Path file = home.resolve("identity.p12");
        char[] password = password(home.resolve("identity.password"));
        KeyStore store = open(file, password);
        String alias = store.aliases().nextElement();
        Certificate[] chain = store.getCertificateChain(alias);
        X509CertificateHolder issued = new X509CertificateHolder(chain[0].getEncoded());
        Instant now = Instant.now();
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                issued.getIssuer(),
                issued.getSerialNumber().add(BigInteger.ONE),
                Date.from(now.minus(Duration.ofDays(91))),
                Date.from(now.minus(Duration.ofDays(1))),
                issued.getSubject(),
                issued.getSubjectPublicKeyInfo());
        for (Object oid : issued.getExtensionOIDs()) {
            builder.addExtension(issued.getExtension((ASN1ObjectIdentifier) oid));
        }
        chain[0] = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(authorityKey)));
        store.setKeyEntry(alias, store.getKey(alias, password), password, chain);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password);
        }
    }

    private static KeyStore open(Path file, char[] password) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password);
        }
        return store;
    }

    private static char[] password(Path file) throws IOException {
        return Files.readString(file).strip().toCharArray();
    }
}
