package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cranny.central.dump.Dump;
import org.cranny.central.policy.Scope;
import org.cranny.protocol.enrollment.Renewal;
import org.cranny.protocol.enrollment.RenewalRequest;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.job.JobClaim;
import org.cranny.protocol.job.JobRequest;
import org.cranny.protocol.masterfile.Host.State;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.snapshot.LeaseRequest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Central's clock jumps 400 days ahead, or three days back, and comes back: work goes on, and nothing goes early. */
class ClocksTest {
    private static final Duration AHEAD = Duration.ofDays(400);
    private static final Duration BEHIND = Duration.ofDays(3);
    private static final Duration UNDO = Duration.ofDays(30);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void aTurnThatWasTakenAheadIsOverWhenTheClockCameBack(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            bench.clock.advance(AHEAD);
            bench.central.leases.take(source.id, new LeaseRequest(0, null));
            bench.clock.advance(AHEAD.negated());
            assertFalse(bench.central.leases.held(source.id.number()));
            assertEquals(
                    2,
                    bench.central
                            .leases
                            .take(source.id, new LeaseRequest(0, null))
                            .epoch());
            Bench.refused(
                    ProblemKind.LEASE_TAKEN, () -> bench.central.leases.take(source.id, new LeaseRequest(0, null)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTurnIsKeptThoughTheClockIsSetBackALittle(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            bench.central.leases.take(source.id, new LeaseRequest(0, null));
            bench.clock.advance(Duration.ofMinutes(-1));
            Bench.refused(
                    ProblemKind.LEASE_TAKEN, () -> bench.central.leases.take(source.id, new LeaseRequest(0, null)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void backupsAreCalledForOnceAtAJumpAndInTimeAgainAfterIt(Databases kind) throws Exception {
        for (boolean restart : List.of(false, true)) {
            try (Bench bench = new Bench(kind, folder.resolve("restart-" + restart))) {
                everyDayAtTwo(bench, bench.source("ws").id.number());
                assertEquals(0, bench.central.schedules.look());
                bench.clock.advance(AHEAD);
                assertEquals(1, bench.central.schedules.look(), "all that was missed is one backup");
                assertEquals(0, bench.central.schedules.look());
                bench.clock.advance(AHEAD.negated());
                if (restart) {
                    bench.restart();
                }
                assertEquals(0, bench.central.schedules.look());
                bench.clock.advance(Duration.ofHours(2));
                assertEquals(1, bench.central.schedules.look(), "two o'clock of today");
                assertEquals(0, bench.central.schedules.look());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void backupsGoOnWhileTheClockIsBehindAndNoneIsRepeatedInAFlood(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            everyDayAtTwo(bench, bench.source("ws").id.number());
            bench.central.schedules.look();
            bench.clock.advance(BEHIND.negated());
            assertEquals(0, bench.central.schedules.look());
            bench.clock.advance(Duration.ofHours(2));
            assertEquals(1, bench.central.schedules.look());
            bench.clock.advance(BEHIND);
            assertEquals(1, bench.central.schedules.look());
            assertEquals(0, bench.central.schedules.look());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDueTimeIsNotCalledForAgainWhenTheClockIsSetBackALittle(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            everyDayAtTwo(bench, bench.source("ws").id.number());
            bench.central.schedules.look();
            bench.clock.advance(Duration.ofHours(2));
            assertEquals(1, bench.central.schedules.look());
            bench.clock.advance(Duration.ofMinutes(-2));
            bench.restart();
            assertEquals(0, bench.central.schedules.look());
            bench.clock.advance(Duration.ofMinutes(3));
            assertEquals(0, bench.central.schedules.look());
        }
    }

    private static void everyDayAtTwo(Bench bench, long source) {
        bench.central.policies.set(
                "admin",
                Scope.SYSTEM,
                Long.toString(source),
                Json.createObjectBuilder()
                        .add(
                                "schedule",
                                Json.createObjectBuilder()
                                        .add("times", Json.createArrayBuilder().add("0 14 * * *")))
                        .build());
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateOfTheFutureIsRenewedWhenTheClockCameBack(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            bench.clock.advance(AHEAD);
            X509Certificate ahead = renewed(bench, source);
            bench.clock.advance(AHEAD.negated());
            Instant now = bench.clock.instant();
            assertTrue(ahead.getNotBefore().after(Date.from(now)));
            assertTrue(Renewal.due(ahead, now), "it is good for nothing now");
            X509Certificate right = renewed(bench, source);
            right.checkValidity(Date.from(now));
            bench.clock.advance(Duration.ofHours(1));
            assertEquals(right, renewed(bench, source), "one in a day, as before");
        }
    }

    private static X509Certificate renewed(Bench bench, TestMachine machine) throws Exception {
        byte[] challenge =
                Base64.getUrlDecoder().decode(bench.central.renewals.challenge().challenge());
        String signed = new Renewal(machine.id, challenge)
                .sign(machine.keys.getPrivate())
                .text();
        String pem = bench.central
                .renewals
                .renew(new RenewalRequest(signed))
                .certificates()
                .get(0);
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest
    @EnumSource
    void thereIsADumpEveryNightAgainAndDumpsOfTheFutureGoFirst(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder, Map.of("cranny.dump.kept", "3"))) {
            bench.clock.advance(AHEAD);
            for (int night = 0; night < 3; night++) {
                bench.central.dumps.nightly();
                bench.clock.advance(Duration.ofDays(1));
            }
            bench.clock.advance(AHEAD.negated());
            for (int night = 0; night < 3; night++) {
                bench.central.dumps.nightly();
                Instant now = bench.clock.instant();
                assertEquals(
                        night + 1,
                        bench.central.dumps.list().stream()
                                .map(Dump::made)
                                .filter(made -> !made.isAfter(now))
                                .count());
                assertEquals(3, bench.central.dumps.list().size());
                bench.clock.advance(Duration.ofDays(1));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aJobThatAnAgentHadAheadIsHandedToTheNextOne(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            bench.central.jobs.order("admin", source.id.number(), new JobRequest("BACKUP", null, List.of("/a"), null));
            bench.clock.advance(AHEAD);
            assertTrue(bench.central
                    .claims
                    .claim(source.id, JobClaim.everything("a".repeat(32)))
                    .isPresent());
            bench.clock.advance(AHEAD.negated());
            bench.central.claims.sweep();
            assertTrue(bench.central
                    .claims
                    .claim(source.id, JobClaim.everything("b".repeat(32)))
                    .isPresent());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHostThatFellSilentAheadIsNoticedThoughCentralBeganToListenThen(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine gone = bench.host("gone");
            TestMachine there = bench.host("there");
            bench.clock.advance(AHEAD);
            bench.restart();
            report(bench, gone);
            report(bench, there);
            bench.clock.advance(AHEAD.negated());
            bench.central.hosts.noticeSilence();
            for (int hour = 0; hour < 3; hour++) {
                bench.clock.advance(Duration.ofHours(1));
                report(bench, there);
                bench.central.hosts.noticeSilence();
            }
            assertEquals(State.SUSPECT, bench.state(gone));
            assertEquals(State.ACCEPTING, bench.state(there));
            bench.clock.advance(Duration.ofDays(60));
            report(bench, there);
            assertEquals(Set.of(gone.id.number()), bench.central.hosts.lost().keySet());
        }
    }

    private static void report(Bench bench, TestMachine host) {
        bench.central.heartbeats.report(host.id, host.heartbeat(10 * TestMachine.GIB));
    }

    @ParameterizedTest
    @EnumSource
    void pruneRefusesForADayAfterTheClockCameBackAndNotForEver(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder, Map.of("cranny.prune.most-percent", "100"))) {
            long source = bench.source("ws").id.number();
            bench.central.log.append("admin", "anything", "before", "");
            bench.clock.advance(AHEAD);
            bench.central.log.append("admin", "anything", "ahead", "");
            bench.clock.advance(AHEAD.negated());
            bench.central.log.append("admin", "anything", "after", "");
            assertTrue(bench.central.prune.plan(source).refused().contains("clock"));
            bench.clock.advance(Duration.ofDays(1).plusMinutes(1));
            assertNull(bench.central.prune.plan(source).refused());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsForgottenWhileTheClockIsWrongCanBeBroughtBackForItsWholeTime(Databases kind) throws Exception {
        for (Duration jump : List.of(AHEAD, BEHIND.negated())) {
            try (Bench bench = new Bench(kind, folder.resolve("jump" + jump))) {
                TestMachine source = bench.source("ws");
                TestMachine[] hosts = {bench.host("a"), bench.host("b"), bench.host("c")};
                FragmentId pack = TestMachine.pack("one");
                bench.hold(source, pack, hosts);
                String first = bench.commit(source, 1, null, List.of(pack), List.of())
                        .answer()
                        .snapshot();
                bench.commit(source, 2, first, List.of(), List.of());
                bench.clock.advance(jump);
                assertEquals(List.of(1L), bench.central.keepsakes.forget(source.id.number(), List.of(1L), "admin"));
                Duration rest = UNDO.minusMinutes(1);
                bench.clock.advance(jump.isNegative() ? rest : jump.negated().plus(rest));
                assertEquals(List.of(), bench.central.leases.giveUp(source.id.number()));
                bench.central.keepsakes.recall(source.id.number(), 1, UNDO, "admin");
                assertEquals(
                        2,
                        bench.central
                                .snapshots
                                .summaries(source.id.number(), 10)
                                .size());
            }
        }
    }
}
