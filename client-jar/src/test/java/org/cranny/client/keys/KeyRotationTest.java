package org.cranny.client.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.bind.JsonbBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.interfaces.XECPrivateKey;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import org.cranny.client.enrollment.Enrollment;
import org.cranny.client.enrollment.Fingerprint;
import org.cranny.client.home.Home;
import org.cranny.client.home.HomeBusyException;
import org.cranny.client.home.HomeLock;
import org.cranny.client.machine.Machine;
import org.cranny.client.stub.StubCentral;
import org.cranny.client.stub.TestRealm;
import org.cranny.engine.backup.CatalogueAwayException;
import org.cranny.engine.keys.Escrow;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.Secret;
import org.cranny.protocol.enrollment.EscrowDeposit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRotationTest {
    @TempDir
    Path folder;

    private final TestRealm realm = new TestRealm();
    private StubCentral central;
    private Home home;

    @BeforeEach
    void enroll() throws Exception {
        central = StubCentral.start(realm);
        home = Home.at(folder.resolve("home"));
        new Enrollment(home, new SecureRandom(), Clock.systemUTC())
                .enroll(new Enrollment.Order(
                        central.peopleUrl(), StubCentral.TOKEN, Fingerprint.parse(realm.fingerprint()), "ws"));
    }

    @AfterEach
    void stop() {
        central.close();
    }

    @Test
    void theRingThatSealsIsTheOneThatWasDeposited() throws Exception {
        KeyRing before = ring();
        assertEquals(2, rotate(false));
        KeyRing after = ring();
        assertEquals(after, deposited().get(1));
        assertEquals(List.of(1, 2), List.copyOf(after.generations()));
        assertEquals(before.chunkIdKey(), after.chunkIdKey());
        assertFalse(Files.exists(home.nextKeyRing()));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.keyRing())));
    }

    @Test
    void withoutADepositTheOldRingGoesOnAndTheNextRotationTakesTheOneThatWaits() throws Exception {
        byte[] before = Files.readAllBytes(home.keyRing());
        central.refuseEscrow(true);
        assertThrows(CatalogueAwayException.class, () -> rotate(false));
        assertArrayEquals(before, Files.readAllBytes(home.keyRing()));
        byte[] waiting = Files.readAllBytes(home.nextKeyRing());
        central.refuseEscrow(false);
        assertEquals(2, rotate(false));
        assertArrayEquals(waiting, Files.readAllBytes(home.keyRing()));
    }

    @Test
    void aRotationOfTheOtherKindDoesNotTakeTheRingThatWaits() throws Exception {
        KeyRing before = ring();
        central.refuseEscrow(true);
        assertThrows(CatalogueAwayException.class, () -> rotate(true));
        central.refuseEscrow(false);
        assertEquals(2, rotate(false));
        assertEquals(before.chunkIdKey(), ring().chunkIdKey());
    }

    @Test
    void aRingOfWhichOnlyHalfWasWrittenIsDrawnAgain() throws Exception {
        Files.write(home.nextKeyRing(), new byte[40]);
        assertEquals(2, rotate(false));
        assertEquals(ring(), deposited().get(1));
    }

    @Test
    void afterACompromiseNothingIsTakenForUnchangedBeforeTheNewRingSeals() throws Exception {
        KeyRing before = ring();
        Path cache = Files.createDirectories(home.folder().resolve("cache")).resolve("folders");
        Files.write(cache, new byte[10]);
        central.refuseEscrow(true);
        assertThrows(CatalogueAwayException.class, () -> rotate(true));
        central.refuseEscrow(false);
        assertEquals(2, rotate(true));
        assertFalse(Files.exists(cache));
        assertNotEquals(before.chunkIdKey(), ring().chunkIdKey());
        assertEquals(ring(), deposited().get(deposited().size() - 1));
    }

    @Test
    void waitsForNobodyWhileABackupRuns() throws Exception {
        try (HomeLock lock = home.lock("backup")) {
            assertThrows(HomeBusyException.class, () -> rotate(false));
        }
        assertFalse(Files.exists(home.nextKeyRing()));
    }

    @Test
    void sealsWithTheNewRingThoughTheOldOneWasReadBefore() throws Exception {
        try (Machine machine = Machine.open(home)) {
            assertEquals(1, machine.keyRing().generation());
            rotate(false);
            machine.rereadKeyRing();
            assertEquals(2, machine.keyRing().generation());
        }
    }

    @Test
    void saysWhatIsInEscrowAndWhatIsNot() throws Exception {
        rotate(false);
        central.answer(StubCentral.Answer.json(
                List.of(new org.cranny.protocol.enrollment.DepositLine(1, "2030-01-01T00:00:00Z", true))));
        try (Machine machine = Machine.open(home)) {
            KeyReport report = KeyReport.of(machine);
            assertEquals(2, report.sealing());
            assertEquals("2030-01-01T00:00:00Z", report.generations().get(0).deposited());
            assertTrue(report.missing());
            assertFalse(report.toString().contains("Secret"));
        }
    }

    private int rotate(boolean afterCompromise) throws IOException {
        try (Machine machine = Machine.open(home)) {
            return new KeyRotation(machine, new SecureRandom()).rotate(afterCompromise);
        }
    }

    private KeyRing ring() throws IOException {
        return KeyRing.decode(home.readKeyRing());
    }

    private List<KeyRing> deposited() throws Exception {
        Secret key = Secret.of(
                ((XECPrivateKey) realm.escrowKey().getPrivate()).getScalar().orElseThrow());
        List<KeyRing> rings = new java.util.ArrayList<>();
        for (StubCentral.Seen seen : central.seen()) {
            if (seen.method().equals("PUT") && seen.path().equals("/api/v1/escrow")) {
                EscrowDeposit deposit = JsonbBuilder.create().fromJson(seen.body(), EscrowDeposit.class);
                rings.add(Escrow.openRing(Base64.getDecoder().decode(deposit.keyRing()), key, realm.system(7)));
            }
        }
        return rings;
    }
}
