package org.cranny.client.enrollment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.cranny.client.home.Home;
import org.cranny.client.machine.Machine;
import org.cranny.client.stub.StubCentral;
import org.cranny.client.stub.TestRealm;
import org.cranny.engine.backup.CatalogueAwayException;
import org.cranny.protocol.enrollment.Renewal;
import org.cranny.protocol.tls.MachineIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateRenewalTest {
    @TempDir
    Path folder;

    private final TestRealm realm = new TestRealm();
    private StubCentral stub;
    private Home home;

    @BeforeEach
    void join() throws Exception {
        stub = StubCentral.start(realm);
        home = Home.at(folder.resolve("home"));
        new Enrollment(home, new SecureRandom(), Clock.systemUTC())
                .enroll(new Enrollment.Order(
                        stub.peopleUrl(), StubCentral.TOKEN, Fingerprint.parse(realm.fingerprint()), "ws-01"));
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void aMachineWhoseCertificateExpiredComesBackByItself() throws Exception {
        certificateEnds(Instant.now().minusSeconds(60));
        try (Machine machine = Machine.open(home)) {
            assertEquals(2, machine.refreshMasterFile().lines().size());
            machine.identity().certificate().checkValidity();
        }
        assertEquals(1, renewals());
        home.identity().certificate().checkValidity();
        try (Machine machine = Machine.open(home)) {
            machine.refreshMasterFile();
        }
        assertEquals(1, renewals());
    }

    @Test
    void aCertificateThatEndsSoonIsRenewedAndCentralsSilenceIsNoObstacle() throws Exception {
        certificateEnds(Instant.now().plusSeconds(60));
        stub.close();
        try (Machine machine = Machine.open(home)) {
            machine.central();
        }
        certificateEnds(Instant.now().minusSeconds(60));
        try (Machine machine = Machine.open(home)) {
            assertThrows(CatalogueAwayException.class, machine::central);
        }
    }

    @Test
    void aProcessThatRunsForLongRenewsAndShowsTheNewOneFromThenOn() throws Exception {
        certificateEnds(Instant.now().plus(Duration.ofDays(10)));
        X509Certificate old = home.identity().certificate();
        SettableClock clock = new SettableClock();
        try (Machine machine = Machine.open(home, clock)) {
            machine.refreshMasterFile();
            assertTrue(machine.renewInTime().isEmpty());
            assertEquals(old, stub.shown());
            clock.now = old.getNotAfter().toInstant().minus(Duration.ofDays(1));
            assertTrue(machine.renewInTime().isPresent());
            machine.refreshMasterFile();
            assertNotEquals(old, stub.shown());
            assertEquals(home.identity().certificate(), stub.shown());
            assertEquals(home.identity().certificate(), machine.identity().certificate());
            assertTrue(machine.renewInTime().isEmpty());
        }
        assertEquals(1, renewals());
    }

    @Test
    void whatAnotherProcessRenewedIsTakenWithoutAsking() throws Exception {
        certificateEnds(Instant.now().plus(Duration.ofDays(10)));
        X509Certificate old = home.identity().certificate();
        SettableClock clock = new SettableClock();
        try (Machine machine = Machine.open(home, clock)) {
            machine.refreshMasterFile();
            certificateEnds(Instant.now().plus(Duration.ofDays(90)));
            clock.now = old.getNotAfter().toInstant().minus(Duration.ofDays(1));
            assertTrue(machine.renewInTime().isPresent());
            machine.refreshMasterFile();
            assertEquals(home.identity().certificate(), stub.shown());
        }
        assertEquals(0, renewals());
    }

    @Test
    void nothingIsRenewedBeforeTwoThirdsOfItsTimeAreOver() throws IOException {
        X509Certificate certificate = home.identity().certificate();
        Instant from = certificate.getNotBefore().toInstant();
        Duration third =
                Duration.between(from, certificate.getNotAfter().toInstant()).dividedBy(3);
        assertFalse(Renewal.due(certificate, from.plus(third.multipliedBy(2)).minusSeconds(2)));
        assertTrue(Renewal.due(certificate, from.plus(third.multipliedBy(2)).plusSeconds(2)));
    }

    private void certificateEnds(Instant end) throws IOException {
        MachineIdentity now = home.identity();
        X509Certificate old = realm.issue(now.system(), now.certificate().getPublicKey(), Date.from(end));
        char[] password = Files.readString(home.identityPassword()).strip().toCharArray();
        MachineIdentity late = new MachineIdentity(now.system(), now.key(), List.of(old, now.authority()));
        Files.write(home.identityFile(), StagedHome.pkcs12(late, password));
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.now();

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private long renewals() {
        return stub.seen().stream()
                .filter(seen -> seen.path().equals("/api/v1/renewals"))
                .count();
    }
}
