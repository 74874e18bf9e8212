package org.cranny.client.enrollment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.bind.JsonbBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.interfaces.XECPrivateKey;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.cranny.client.central.UntrustedCentralException;
import org.cranny.client.home.Configuration;
import org.cranny.client.home.Home;
import org.cranny.client.machine.Machine;
import org.cranny.client.stub.StubCentral;
import org.cranny.client.stub.TestRealm;
import org.cranny.engine.backup.CatalogueAwayException;
import org.cranny.engine.keys.Escrow;
import org.cranny.engine.keys.Secret;
import org.cranny.protocol.enrollment.EscrowDeposit;
import org.cranny.protocol.problem.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrollmentTest {
    @TempDir
    Path folder;

    private final TestRealm realm = new TestRealm();
    private StubCentral stub;
    private Home home;

    @BeforeEach
    void start() throws Exception {
        stub = StubCentral.start(realm);
        home = Home.at(folder.resolve("home"));
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void makesAHomeThatOpens() throws IOException {
        Configuration made = enroll(StubCentral.TOKEN, realm.fingerprint());
        assertEquals(made, home.configuration());
        assertEquals(realm.system(7), made.system());
        try (Machine machine = Machine.open(home)) {
            assertEquals(realm.system(7), machine.identity().system());
            assertEquals(realm.system(7), machine.keyRing().source());
            assertEquals(1, machine.masterFile().version());
            assertEquals(2, machine.hosts().size());
            assertTrue(home.allotment().isPresent());
        }
        assertEquals("rwx------", permissions(home.folder()));
        assertEquals("rw-------", permissions(home.keyRing()));
        assertEquals("rw-------", permissions(home.identityPassword()));
        assertFalse(Files.exists(home.folder().resolve("enrolling")));
    }

    @Test
    void depositsTheRingItKeeps() throws Exception {
        enroll(StubCentral.TOKEN, realm.fingerprint());
        String body = stub.seen().stream()
                .filter(seen -> seen.method().equals("PUT") && seen.path().equals("/api/v1/escrow"))
                .findFirst()
                .orElseThrow()
                .body();
        EscrowDeposit deposit = JsonbBuilder.create().fromJson(body, EscrowDeposit.class);
        byte[] key =
                ((XECPrivateKey) realm.escrowKey().getPrivate()).getScalar().orElseThrow();
        try (Machine machine = Machine.open(home)) {
            assertEquals(
                    machine.keyRing(),
                    Escrow.openRing(Base64.getDecoder().decode(deposit.keyRing()), Secret.of(key), realm.system(7)));
        }
    }

    @Test
    void sendsNothingToAnAuthorityWithAnotherFingerprint() {
        UntrustedCentralException refused =
                assertThrows(UntrustedCentralException.class, () -> enroll(StubCentral.TOKEN, "00".repeat(32)));
        assertTrue(refused.getMessage().contains("fingerprint"), refused.getMessage());
        assertEquals(List.of(), stub.seen());
        assertFalse(home.enrolled());
    }

    @Test
    void sendsNothingToAnotherMachineOfTheRightRealm() throws Exception {
        try (StubCentral host = StubCentral.startAs(realm, realm.machine(2))) {
            assertThrows(
                    UntrustedCentralException.class,
                    () -> enroll(host.peopleUrl(), StubCentral.TOKEN, realm.fingerprint()));
            assertEquals(List.of(), host.seen());
        }
    }

    @Test
    void leavesNothingBehindAfterAnUnknownToken() throws IOException {
        ProblemException refused = assertThrows(ProblemException.class, () -> enroll("guessed", realm.fingerprint()));
        assertEquals("UNKNOWN_TOKEN", refused.problem().kind());
        assertNothingEnrolled();
    }

    @Test
    void leavesNothingBehindAfterAnExpiredToken() throws IOException {
        ProblemException refused =
                assertThrows(ProblemException.class, () -> enroll(StubCentral.OLD_TOKEN, realm.fingerprint()));
        assertEquals("EXPIRED_TOKEN", refused.problem().kind());
        assertNothingEnrolled();
    }

    @Test
    void refusesToEnrollTwice() throws IOException {
        enroll(StubCentral.TOKEN, realm.fingerprint());
        EnrollmentException refused =
                assertThrows(EnrollmentException.class, () -> enroll(StubCentral.TOKEN, realm.fingerprint()));
        assertTrue(refused.getMessage().contains("--home"), refused.getMessage());
        assertEquals(1, enrollments());
    }

    @Test
    void goesOnWithoutATokenWhenTheDepositFailed() throws IOException {
        stub.refuseEscrow(true);
        assertThrows(CatalogueAwayException.class, () -> enroll(StubCentral.TOKEN, realm.fingerprint()));
        assertFalse(home.enrolled());
        stub.refuseEscrow(false);
        Configuration made = enroll("used up by now", realm.fingerprint());
        assertEquals(realm.system(7), made.system());
        assertEquals(1, enrollments());
        Machine.open(home).close();
    }

    @Test
    void startsAgainWhenTheInterruptedEnrollmentWasElsewhere() throws Exception {
        stub.refuseEscrow(true);
        assertThrows(CatalogueAwayException.class, () -> enroll(StubCentral.TOKEN, realm.fingerprint()));
        TestRealm second = new TestRealm();
        try (StubCentral other = StubCentral.start(second)) {
            Configuration made = enroll(other.peopleUrl(), StubCentral.TOKEN, second.fingerprint());
            assertEquals(second.system(7), made.system());
        }
    }

    @Test
    void finishesAMoveThatACrashInterrupted() throws IOException {
        stub.refuseEscrow(true);
        assertThrows(CatalogueAwayException.class, () -> enroll(StubCentral.TOKEN, realm.fingerprint()));
        StagedHome staged = new StagedHome(home);
        staged.markDeposited();
        Files.move(staged.stage().keyRing(), home.keyRing());
        enroll("not needed", realm.fingerprint());
        try (Machine machine = Machine.open(home)) {
            assertEquals(realm.system(7), machine.identity().system());
            assertEquals(1, machine.keyRing().generation());
        }
    }

    @Test
    void readsFingerprintsAsPeopleTypeThem() {
        String typed = "AB:CD " + "ab".repeat(30);
        assertEquals("abcd" + "ab".repeat(30), Fingerprint.parse(typed).hex());
        assertThrows(IllegalArgumentException.class, () -> Fingerprint.parse("abcd"));
    }

    private Configuration enroll(String token, String fingerprint) throws IOException {
        return enroll(stub.peopleUrl(), token, fingerprint);
    }

    private Configuration enroll(URI central, String token, String fingerprint) throws IOException {
        Enrollment.Order order = new Enrollment.Order(central, token, Fingerprint.parse(fingerprint), "laptop");
        return new Enrollment(home, new SecureRandom(), Clock.systemUTC()).enroll(order);
    }

    private long enrollments() {
        return stub.paths().stream().filter("POST /api/v1/enrollments"::equals).count();
    }

    private void assertNothingEnrolled() throws IOException {
        assertFalse(home.enrolled());
        try (Stream<Path> files = Files.list(home.folder())) {
            assertEquals(
                    List.of("lock"),
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
