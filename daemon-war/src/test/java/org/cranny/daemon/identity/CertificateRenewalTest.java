package org.cranny.daemon.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.cranny.daemon.heartbeat.Heartbeats;
import org.cranny.daemon.identity.StubCentral.Answer;
import org.cranny.daemon.identity.TestRealm.Member;
import org.cranny.daemon.monitor.Monitor;
import org.cranny.protocol.enrollment.Renewal;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateRenewalTest {
    private static final TestRealm REALM = new TestRealm();
    private static final TestRealm STRANGERS = new TestRealm();

    @TempDir
    Path folder;

    private final Jsonb json = JsonbBuilder.create();
    private final Member host = REALM.member(7, Instant.now().plusSeconds(60));
    private Home home;
    private Settings settings;
    private Identity identity;
    private Realm realm;

    @Test
    void renewsForTheSameKeyWhenLessThanAThirdIsLeft() throws Exception {
        try (StubCentral central = people(REALM, StubRenewal.of(REALM, host))) {
            Duration pause = renewal(host, central).look();
            assertTrue(pause.compareTo(Duration.ofHours(1)) > 0 && pause.compareTo(Duration.ofHours(6)) <= 0);
            assertEquals(2, central.posted().size());
        }
        assertTrue(identity.validUntil().isAfter(Instant.now().plus(Duration.ofDays(20))));
        MachineAndFile now = now();
        assertEquals(identity.machine().chain(), now.kept().machine().chain());
        assertEquals(host.keys().getPublic(), identity.machine().certificate().getPublicKey());
        assertEquals(host.keys().getPrivate(), now.kept().machine().key());
    }

    @Test
    void comesBackHoweverLate() throws Exception {
        Member late = REALM.member(7, Instant.now().minusSeconds(60));
        try (StubCentral central = people(REALM, StubRenewal.of(REALM, late))) {
            CertificateRenewal renewal = renewal(late, central);
            assertFalse(identity.validAt(Instant.now()));
            assertTrue(Validity.line(home, Clock.systemUTC()).startsWith("the certificate expired at "));
            renewal.look();
            assertTrue(identity.validAt(Instant.now()));
            assertEquals(
                    "the certificate is good until " + identity.validUntil(), Validity.line(home, Clock.systemUTC()));
        }
    }

    @Test
    void asksNobodyBeforeTwoThirdsOfItsTimeAreOver() throws Exception {
        X509Certificate certificate = host.certificate();
        Instant end = certificate.getNotAfter().toInstant();
        Duration third =
                Duration.between(certificate.getNotBefore().toInstant(), end).dividedBy(3);
        assertFalse(Renewal.due(certificate, end.minus(third).minusSeconds(2)));
        assertTrue(Renewal.due(certificate, end.minus(third).plusSeconds(2)));
        try (StubCentral central = people(REALM, StubRenewal.of(REALM, host))) {
            CertificateRenewal renewal = renewal(host, central, end.minus(third).minusSeconds(2));
            assertTrue(renewal.look().compareTo(Duration.ofHours(1)) > 0);
            assertEquals(List.of(), central.posted());
        }
    }

    @Test
    void reportsShowTheNewOneAtOnce() throws Exception {
        try (StubCentral people = people(REALM, StubRenewal.of(REALM, host));
                StubCentral machines =
                        new StubCentral(REALM, REALM.member(1), true, "/", body -> new Answer(503, "{}"))) {
            CertificateRenewal renewal = renewal(host, people);
            Settings reporting = TestRealm.settings("https://127.0.0.1:1", machines.address());
            Monitor monitor = new Monitor(home, identity, Clock.systemUTC(), () -> {});
            Heartbeats heartbeats = new Heartbeats(reporting, identity, realm, monitor, Clock.systemUTC(), json);
            heartbeats.beat();
            assertEquals(host.certificate(), machines.shown());
            renewal.look();
            heartbeats.beat();
            assertEquals(identity.machine().certificate(), machines.shown());
        }
    }

    @Test
    void aRefusalChangesNothingAndIsTriedAgainSoon() throws Exception {
        Problem revoked = Problem.of(ProblemKind.REVOKED, "system 7 was shut out");
        Problem often = Problem.of(ProblemKind.TOO_OFTEN, "too many ask");
        for (Problem problem : List.of(revoked, often)) {
            staysAsItIs(REALM, body -> new Answer(problem.status(), json.toJson(problem)));
        }
        staysAsItIs(REALM, body -> new Answer(200, "<html>"));
        staysAsItIs(REALM, body -> new Answer(200, "{}"));
        staysAsItIs(REALM, body -> new Answer(502, ""));
    }

    @Test
    void takesNoCertificateOfAnotherAuthorityKeyOrNumber() throws Exception {
        X509Certificate foreign = STRANGERS.certify(host.keys().getPublic(), 7);
        X509Certificate otherKey = REALM.member(7).certificate();
        X509Certificate otherNumber = REALM.certify(host.keys().getPublic(), 8);
        for (X509Certificate wrong : List.of(foreign, otherKey, otherNumber)) {
            staysAsItIs(REALM, new StubRenewal(REALM, host, wrong));
        }
    }

    @Test
    void tellsNothingToACentralOfAnotherAuthority() throws Exception {
        try (StubCentral central = people(STRANGERS, StubRenewal.of(STRANGERS, host))) {
            renewal(host, central).look();
            assertEquals(List.of(), central.posted());
        }
        assertEquals(host.certificate(), identity.machine().certificate());
    }

    @Test
    void centralsSilenceIsNoObstacle() throws Exception {
        StubCentral central = people(REALM, StubRenewal.of(REALM, host));
        CertificateRenewal renewal = renewal(host, central);
        central.close();
        assertTrue(renewal.look().compareTo(Duration.ofMinutes(30)) < 0);
        assertEquals(host.certificate(), identity.machine().certificate());
    }

    private void staysAsItIs(TestRealm speaker, Function<String, Answer> answers) throws Exception {
        try (StubCentral central = people(speaker, answers)) {
            CertificateRenewal renewal = renewal(host, central);
            MachineAndFile before = now();
            assertTrue(renewal.look().compareTo(Duration.ofMinutes(30)) < 0);
            assertFalse(central.posted().isEmpty());
            assertEquals(host.certificate(), identity.machine().certificate());
            assertArrayEquals(before.octets(), now().octets());
        }
    }

    /** What is on the disk. */
    private record MachineAndFile(Identity kept, byte[] octets) {}

    private MachineAndFile now() throws IOException {
        return new MachineAndFile(Identity.load(home), Files.readAllBytes(home.identity()));
    }

    private static StubCentral people(TestRealm realm, Function<String, Answer> answers) {
        return new StubCentral(realm, realm.member(1), false, StubRenewal.PATH, answers);
    }

    private CertificateRenewal renewal(Member member, StubCentral people) throws IOException {
        return renewal(member, people, Instant.now());
    }

    private CertificateRenewal renewal(Member member, StubCentral people, Instant time) throws IOException {
        settings = TestRealm.settings("https://127.0.0.1:1", "https://127.0.0.1:1")
                .enrolledAt(URI.create(people.address()));
        home = REALM.home(folder.resolve("home"), member, settings);
        assertEquals(settings, Settings.load(home));
        identity = Identity.load(home);
        realm = new Realm(home, identity);
        Clock clock = Clock.fixed(time, ZoneOffset.UTC);
        return new CertificateRenewal(home, settings, identity, realm, clock, new Random(1), json);
    }
}
