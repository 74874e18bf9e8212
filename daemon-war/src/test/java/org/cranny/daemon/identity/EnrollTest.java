package org.cranny.daemon.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.cranny.daemon.identity.StubCentral.Answer;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.enrollment.EnrollmentRequest;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrollTest {
    private static final TestRealm REALM = new TestRealm();
    private static final TestRealm STRANGERS = new TestRealm();
    private static final String PATH = "/api/v1/enrollments";

    @TempDir
    Path folder;

    private final Jsonb json = JsonbBuilder.create();

    @Test
    void writesAHomeThatTheDaemonCanLive() throws IOException {
        try (StubCentral central = central(REALM, body -> welcome(REALM, REALM, body))) {
            assertEquals("", enroll(central, fingerprint(REALM), 0));
        }
        Home home = new Home(folder.resolve("home"));
        Identity identity = Identity.load(home);
        assertEquals(new SystemId(REALM.id(), 42), identity.system());
        assertFalse(new Realm(home, identity).revoked(identity.system()));
        Settings settings = Settings.load(home);
        assertEquals("https://127.0.0.1:22001", settings.address());
        assertEquals("https://central.example:8182", settings.central().toString());
        assertTrue(settings.people().toString().startsWith("https://127.0.0.1:"));
        assertEquals("20G", settings.quota());
        assertEquals("ws 01", settings.name());
    }

    @Test
    void lettersOfTheFingerprintMayBeBigAndColonsBetween() throws IOException {
        String pretty = fingerprint(REALM).toUpperCase(java.util.Locale.ROOT).replaceAll("(..)(?!$)", "$1:");
        try (StubCentral central = central(REALM, body -> welcome(REALM, REALM, body))) {
            assertEquals("", enroll(central, pretty, 0));
        }
    }

    @Test
    void readsTheTokenFromAFile() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "t\n");
        try (StubCentral central = central(REALM, body -> welcome(REALM, REALM, body))) {
            assertEquals("", enroll(central, fingerprint(REALM), 0, "--token-file", token.toString()));
        }
    }

    @Test
    void takesOneTokenAndOnlyFromWhereThereIsOne() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        try (StubCentral central = central(REALM, body -> welcome(REALM, REALM, body))) {
            assertTrue(enroll(central, fingerprint(REALM), 2, "--token-file", empty.toString())
                    .contains("no token in"));
            assertTrue(enroll(central, fingerprint(REALM), 2, "--token-file", "/nowhere/token")
                    .contains("cannot be read: /nowhere/token"));
            assertTrue(enroll(central, fingerprint(REALM), 2, "--quota", "20G").contains("--token-file"));
            assertFalse(Files.exists(folder.resolve("home/identity.p12")));
        }
    }

    @Test
    void keepsSecretsFromEverybodyElse() throws IOException {
        try (StubCentral central = central(REALM, body -> welcome(REALM, REALM, body))) {
            enroll(central, fingerprint(REALM), 0);
        }
        for (String secret : List.of("identity.p12", "identity.password", "realm/keys", "daemon.properties")) {
            Path file = folder.resolve("home").resolve(secret);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), secret);
        }
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("home"))));
    }

    @Test
    void goesNoFurtherWhenTheAuthorityIsNotThePinnedOne() throws IOException {
        try (StubCentral central = central(STRANGERS, body -> welcome(STRANGERS, STRANGERS, body))) {
            String line = enroll(central, fingerprint(REALM), 1);
            assertTrue(line.contains("is not the central that was meant"), line);
            assertEquals(List.of(), central.posted());
        }
        assertFalse(Files.exists(folder.resolve("home")));
    }

    @Test
    void goesNoFurtherWhenAnotherMachineOfTheRealmPosesAsCentral() throws IOException {
        try (StubCentral central =
                new StubCentral(REALM, REALM.member(9), false, PATH, body -> welcome(REALM, REALM, body))) {
            assertTrue(enroll(central, fingerprint(REALM), 1).contains("which was not expected here"));
            assertEquals(List.of(), central.posted());
        }
    }

    @Test
    void refusesACertificateOfAnotherAuthority() throws IOException {
        try (StubCentral central = central(REALM, body -> welcome(STRANGERS, REALM, body))) {
            assertTrue(enroll(central, fingerprint(REALM), 1).contains("another authority"));
        }
        assertFalse(Files.exists(folder.resolve("home")));
    }

    @Test
    void refusesRealmKeysOfAnotherAuthority() throws IOException {
        try (StubCentral central = central(REALM, body -> welcome(REALM, STRANGERS, body))) {
            assertTrue(enroll(central, fingerprint(REALM), 1).contains("signature"));
        }
    }

    @Test
    void refusesACertificateForAnotherKey() throws IOException {
        PublicKey other = REALM.member(3).keys().getPublic();
        try (StubCentral central = central(REALM, body -> enrolled(REALM, REALM, other))) {
            assertTrue(enroll(central, fingerprint(REALM), 1).contains("another machine's"));
        }
    }

    @Test
    void saysInOneLineThatTheTokenIsUnknown() throws IOException {
        Problem problem = Problem.of(ProblemKind.UNKNOWN_TOKEN, "this token is not known");
        try (StubCentral central = central(REALM, body -> new Answer(403, json.toJson(problem)))) {
            assertEquals(
                    "cranny-daemon: this token is not known. " + ProblemKind.UNKNOWN_TOKEN.advice() + "\n",
                    enroll(central, fingerprint(REALM), 1));
        }
    }

    @Test
    void saysInOneLineThatCentralIsAway() throws IOException {
        StubCentral gone = central(REALM, body -> new Answer(500, ""));
        gone.close();
        String line = enroll(gone, fingerprint(REALM), 1);
        assertTrue(line.contains("cannot be reached"), line);
        assertEquals(1, line.lines().count());
    }

    @Test
    void refusesAHomeThatIsEnrolledAlready() throws IOException {
        try (StubCentral central = central(REALM, body -> welcome(REALM, REALM, body))) {
            enroll(central, fingerprint(REALM), 0);
            assertTrue(enroll(central, fingerprint(REALM), 2).contains("is enrolled already"));
            assertEquals(1, central.posted().size());
        }
    }

    @Test
    void refusesAFingerprintThatIsNone() throws IOException {
        try (StubCentral central = central(REALM, body -> welcome(REALM, REALM, body))) {
            assertTrue(enroll(central, "abc", 2).contains("64 hexadecimal digits"));
        }
    }

    @Test
    void monitorJoinsWithARoleOfItsOwnAndLendsNothing() throws IOException {
        try (StubCentral central = central(REALM, body -> welcome(REALM, REALM, body))) {
            assertEquals(0, monitor(central));
            EnrollmentRequest request = json.fromJson(central.posted().get(0), EnrollmentRequest.class);
            assertEquals(List.of("monitor"), request.roles());
            assertEquals(null, request.address());
            assertTrue(Settings.load(new Home(folder.resolve("home"))).monitorOnly());
        }
        try (StubCentral central = central(REALM, body -> welcome(REALM, REALM, body))) {
            assertEquals(2, monitor(central, "--quota", "20G"), "a quota makes no sense");
            assertEquals(List.of(), central.posted());
        }
    }

    private int monitor(StubCentral central, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(central.address(), "--monitor-only"));
        arguments.addAll(List.of("--home", folder.resolve("home").toString(), "--token", "t"));
        arguments.addAll(List.of("--ca-fingerprint", fingerprint(REALM), "--name", "watch"));
        arguments.addAll(List.of(more));
        return Enroll.run(arguments.toArray(String[]::new));
    }

    private static StubCentral central(TestRealm realm, Function<String, Answer> answers) {
        return new StubCentral(realm, realm.member(1), false, PATH, answers);
    }

    private Answer welcome(TestRealm issuer, TestRealm speaker, String body) {
        return enrolled(issuer, speaker, csrKey(json.fromJson(body, EnrollmentRequest.class)));
    }

    private Answer enrolled(TestRealm issuer, TestRealm speaker, PublicKey key) {
        try {
            List<String> chain = List.of(
                    Certificates.pem("CERTIFICATE", issuer.certify(key, 42).getEncoded()),
                    Certificates.pem("CERTIFICATE", issuer.authority().getEncoded()));
            Enrolled enrolled = new Enrolled(
                    42, issuer.id().hex(), chain, speaker.realmKeys(), "https://central.example:8182", null);
            return new Answer(201, json.toJson(enrolled));
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PublicKey csrKey(EnrollmentRequest request) {
        try (PEMParser pem = new PEMParser(new StringReader(request.csr()))) {
            return new JcaPKCS10CertificationRequest((PKCS10CertificationRequest) pem.readObject()).getPublicKey();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String enroll(StubCentral central, String fingerprint, int exitCode) throws IOException {
        return enroll(central, fingerprint, exitCode, "--token", "t");
    }

    private String enroll(StubCentral central, String fingerprint, int exitCode, String... token) throws IOException {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            System.setErr(err);
            List<String> arguments = new ArrayList<>(List.of(token));
            arguments.addAll(List.of(
                    central.address(),
                    "--home",
                    folder.resolve("home").toString(),
                    "--ca-fingerprint",
                    fingerprint,
                    "--name",
                    "ws 01",
                    "--address",
                    "https://127.0.0.1:22001",
                    "--quota",
                    "20G"));
            int code = Enroll.run(arguments.toArray(String[]::new));
            assertEquals(exitCode, code, said.toString(StandardCharsets.UTF_8));
        } finally {
            System.setErr(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    private static String fingerprint(TestRealm realm) throws IOException {
        try {
            return Certificates.fingerprint(realm.authority());
        } catch (CertificateException e) {
            throw new IOException(e);
        }
    }
}
