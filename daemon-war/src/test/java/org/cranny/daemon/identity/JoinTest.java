package org.cranny.daemon.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.enrollment.JoinBundle;
import org.cranny.protocol.enrollment.JoinRequest;
import org.cranny.protocol.id.SystemId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinTest {
    private static final TestRealm REALM = new TestRealm();
    private static final TestRealm STRANGERS = new TestRealm();

    @TempDir
    Path folder;

    private final Jsonb json = JsonbBuilder.create();

    @Test
    void joinsByFilesAndReportsToNobody() throws Exception {
        assertEquals(0, request());
        JoinRequest request = asked();
        assertEquals("nas", request.name());
        assertEquals("https://10.0.0.7:9443", request.address());
        assertEquals(20L << 30, request.quotaBytes());
        assertEquals("attic", request.failureDomain());
        assertEquals(0, join(bundle(REALM, request, null), fingerprint(REALM)));
        Home home = new Home(folder.resolve("home"));
        assertEquals(new SystemId(REALM.id(), 42), Identity.load(home).system());
        assertFalse(Settings.load(home).hasCentral());
        assertFalse(Files.exists(home.joiningKey()));
    }

    @Test
    void aSecondRequestIsForTheSameKey() throws Exception {
        request();
        JoinBundle answer = bundle(REALM, asked(), null);
        assertEquals(0, request());
        assertEquals(0, join(answer, fingerprint(REALM)));
    }

    @Test
    void refusesBundlesOfOtherRealmsOtherMachinesAndOfCentrals() throws Exception {
        request();
        JoinRequest request = asked();
        refused(bundle(STRANGERS, request, null), fingerprint(REALM));
        refused(bundle(REALM, request, "https://central.example:8182"), fingerprint(REALM));
        Enrolled others = new Enrolled(
                42,
                REALM.id().hex(),
                List.of(pem(REALM.member(42).certificate()), pem(REALM.authority())),
                REALM.realmKeys(),
                null,
                null);
        refused(JoinBundle.of("nas", others, null), fingerprint(REALM));
        assertEquals(0, join(bundle(REALM, request, null), fingerprint(REALM)));
        assertTrue(join(bundle(REALM, request, null), fingerprint(REALM)) != 0, "joined twice");
    }

    @Test
    void saysInOneLineWhatIsMissing() {
        assertEquals(2, Join.run("join", "--home", folder.toString()));
        assertEquals(1, Join.run("join", "nowhere", "--home", folder.toString(), "--ca-fingerprint", "ab".repeat(32)));
        assertEquals(2, Join.run("request", folder.resolve("r").toString(), "--home", folder.toString()));
    }

    private void refused(JoinBundle bundle, String pin) throws IOException {
        assertTrue(join(bundle, pin) != 0);
        assertFalse(Files.exists(folder.resolve("home").resolve("identity.p12")));
    }

    private int request() {
        return Join.run(
                "request",
                folder.resolve("request").toString(),
                "--home",
                folder.resolve("home").toString(),
                "--name",
                "nas",
                "--address",
                "https://10.0.0.7:9443",
                "--quota",
                "20G",
                "--failure-domain",
                "attic");
    }

    private JoinRequest asked() throws IOException {
        return json.fromJson(Files.readString(folder.resolve("request")), JoinRequest.class);
    }

    private int join(JoinBundle bundle, String pin) throws IOException {
        Path file = Files.writeString(folder.resolve("bundle"), json.toJson(bundle));
        return Join.run(
                "join", file.toString(), "--home", folder.resolve("home").toString(), "--ca-fingerprint", pin);
    }

    private static JoinBundle bundle(TestRealm realm, JoinRequest request, String machinesUrl) throws Exception {
        Enrolled enrolled = new Enrolled(
                42,
                realm.id().hex(),
                List.of(pem(realm.certify(key(request), 42)), pem(realm.authority())),
                realm.realmKeys(),
                machinesUrl,
                null);
        return JoinBundle.of(request.name(), enrolled, null);
    }

    private static PublicKey key(JoinRequest request) throws Exception {
        String body = request.csr().replaceAll("-----[A-Z ]+-----", "");
        return new JcaPKCS10CertificationRequest(Base64.getMimeDecoder().decode(body)).getPublicKey();
    }

    private static String fingerprint(TestRealm realm) throws GeneralSecurityException {
        return Certificates.fingerprint(realm.authority());
    }

    private static String pem(X509Certificate certificate) throws GeneralSecurityException {
        return Certificates.pem("CERTIFICATE", certificate.getEncoded());
    }
}
