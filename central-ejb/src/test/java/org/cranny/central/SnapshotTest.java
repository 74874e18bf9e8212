package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.cranny.central.snapshot.Commitment;
import org.cranny.central.snapshot.SnapshotSummary;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.CommitRequest;
import org.cranny.protocol.snapshot.Committed;
import org.cranny.protocol.snapshot.Lease;
import org.cranny.protocol.snapshot.LeaseRequest;
import org.cranny.protocol.snapshot.Manifest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SnapshotTest {
    private static final FragmentId ONE = TestMachine.pack("one");
    private static final FragmentId TWO = TestMachine.pack("two");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void commitsAndCountersigns(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            bench.hold(source, ONE, bench.host("h1"), bench.host("h2"));
            Signed manifest = source.manifest(1, 0, null, List.of(ONE), List.of());
            Commitment done = bench.central.snapshots.commit(source.id, new CommitRequest(manifest.text(), null));

            assertTrue(done.fresh());
            RealmKeys keys = RealmKeys.open(
                    Signed.parse(bench.central.authority.realmKeys()),
                    bench.central.authority.certificate().getPublicKey());
            Committed committed = Committed.open(Signed.parse(done.answer().committed()), keys.catalogue());
            assertArrayEquals(Manifest.hash(manifest), committed.manifest());
            assertEquals(bench.clock.instant(), committed.received());
            assertEquals(
                    manifest.text(),
                    bench.central.snapshots.list(source.id, 0).get(0).manifest());
            assertTrue(
                    bench.central.news.stream().anyMatch(news -> news.reason().startsWith("commit")));
            assertEquals("commit", bench.central.log.newest(1).get(0).action());
        }
    }

    @ParameterizedTest
    @EnumSource
    void sameManifestAgainGetsTheSameAnswerAlsoAfterARestart(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            bench.hold(source, ONE, bench.host("h1"), bench.host("h2"));
            CommitRequest request = new CommitRequest(
                    source.manifest(1, 0, null, List.of(ONE), List.of()).text(), null);
            Commitment first = bench.central.snapshots.commit(source.id, request);
            bench.restart();
            Commitment second = bench.central.snapshots.commit(source.id, request);
            assertFalse(second.fresh());
            assertEquals(first.answer().committed(), second.answer().committed());
            assertEquals(1, bench.central.snapshots.list(source.id, 0).size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesVersionsThatDoNotFollow(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            bench.hold(source, ONE, bench.host("h1"), bench.host("h2"));
            Bench.refused(ProblemKind.VERSION_CONFLICT, () -> bench.commit(source, 2, null, List.of(ONE), List.of()));
            String first = bench.commit(source, 1, null, List.of(ONE), List.of())
                    .answer()
                    .snapshot();
            Bench.refused(ProblemKind.VERSION_CONFLICT, () -> bench.commit(source, 1, null, List.of(), List.of()));
            Bench.refused(ProblemKind.VERSION_CONFLICT, () -> bench.commit(source, 2, null, List.of(), List.of()));
            Bench.refused(ProblemKind.VERSION_CONFLICT, () -> bench.commit(source, 3, first, List.of(), List.of()));
            bench.commit(source, 2, first, List.of(), List.of());
            assertEquals(2, bench.central.snapshots.list(source.id, 1).get(0).version());
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofManyCommitsOfOneVersionExactlyOneWins(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            TestMachine[] hosts = {bench.host("h1"), bench.host("h2")};
            List<Callable<Commitment>> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                FragmentId pack = TestMachine.pack("p" + i);
                bench.hold(source, pack, hosts);
                all.add(() -> bench.commit(source, 1, null, List.of(pack), List.of()));
            }
            List<Object> outcomes = Bench.together(all);
            assertEquals(
                    1, outcomes.stream().filter(Commitment.class::isInstance).count(), outcomes.toString());
            assertEquals(
                    5,
                    outcomes.stream()
                            .filter(outcome -> outcome instanceof ProblemException problem
                                    && problem.problem().kind().equals("VERSION_CONFLICT"))
                            .count());
            assertEquals(
                    1,
                    bench.central
                            .snapshots
                            .summaries(source.id.number(), 10)
                            .get(0)
                            .packs());
        }
    }

    @ParameterizedTest
    @EnumSource
    void manySourcesCommitAtOnceAndTheLogStaysWhole(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine[] hosts = {bench.host("h1"), bench.host("h2")};
            List<Callable<Commitment>> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                TestMachine source = bench.source("ws-" + i);
                all.add(() -> {
                    bench.hold(source, ONE, hosts);
                    return bench.commit(source, 1, null, List.of(ONE), List.of());
                });
            }
            List<Object> outcomes = Bench.together(all);
            assertTrue(outcomes.stream().allMatch(Commitment.class::isInstance), outcomes.toString());
            assertEquals(java.util.Optional.empty(), bench.central.log.firstBroken());
            assertEquals(10 * TestMachine.GIB - 6 * TestMachine.LENGTH, bench.free(hosts[0]));
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesThePacksThatAreNotHeldByTwoDomainsAndChangesNothing(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            TestMachine h1 = bench.hostIn("h1", "room 1");
            TestMachine h2 = bench.hostIn("h2", "room 1");
            TestMachine h3 = bench.host("h3");
            bench.hold(source, ONE, h1, h2);
            bench.hold(source, TWO, h1, h3);
            FragmentId unheard = TestMachine.pack("never registered");
            ProblemException missing = Bench.refused(
                    ProblemKind.PACKS_MISSING,
                    () -> bench.commit(source, 1, null, List.of(ONE, TWO, unheard), List.of()));
            assertEquals(
                    Arrays.asList(ONE.toString(), unheard.toString()).stream()
                            .sorted()
                            .toList(),
                    missing.problem().items());
            assertEquals(List.of(), bench.central.snapshots.list(source.id, 0));
            assertFalse(bench.central.log.newest(1).get(0).action().equals("commit"));
            bench.hold(source, ONE, h3);
            bench.commit(source, 1, null, List.of(ONE, TWO), List.of());
        }
    }

    @ParameterizedTest
    @EnumSource
    void copyOnTheSourceItselfDoesNotCount(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine both = new TestMachine("both");
            both.joined(bench.central, both.enrollment(bench.token(1, "source", "host"), "source", "host"));
            bench.central.heartbeats.report(both.id, both.heartbeat(TestMachine.GIB));
            bench.hold(both, ONE, both, bench.host("h1"));
            Bench.refused(ProblemKind.PACKS_MISSING, () -> bench.commit(both, 1, null, List.of(ONE), List.of()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhenAPackOfTheOldSetIsGoneAndTakesItAgainWithFreshReceipts(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            TestMachine[] hosts = {bench.host("h1"), bench.host("h2")};
            bench.hold(source, ONE, hosts);
            String first = bench.commit(source, 1, null, List.of(ONE), List.of())
                    .answer()
                    .snapshot();
            bench.lose(ONE, 7);
            ProblemException missing = Bench.refused(
                    ProblemKind.PACKS_MISSING, () -> bench.commit(source, 2, first, List.of(), List.of()));
            assertEquals(List.of(ONE.toString()), missing.problem().items());

            assertEquals(1, bench.hold(source, ONE, hosts).refused().size());
            bench.clock.advance(Duration.ofSeconds(2));
            bench.hold(source, ONE, hosts);
            bench.commit(source, 2, first, List.of(), List.of());
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhenOnlyHostsThatWereShutOutHoldAPack(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            TestMachine h1 = bench.host("h1");
            TestMachine h2 = bench.host("h2");
            bench.hold(source, ONE, h1, h2);
            String first = bench.commit(source, 1, null, List.of(ONE), List.of())
                    .answer()
                    .snapshot();
            bench.central.systems.revoke(h1.id.number(), "admin", "stolen");
            String second = bench.commit(source, 2, first, List.of(), List.of())
                    .answer()
                    .snapshot();
            bench.central.systems.revoke(h2.id.number(), "admin", "stolen");
            Bench.refused(ProblemKind.PACKS_MISSING, () -> bench.commit(source, 3, second, List.of(), List.of()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void summariesShowWhatEachVersionHasAndWhere(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            TestMachine h1 = bench.host("h1");
            TestMachine h2 = bench.host("h2");
            TestMachine h3 = bench.host("h3");
            bench.hold(source, ONE, h1, h2, h3);
            bench.hold(source, TWO, h1, h2);
            String first = bench.commit(source, 1, null, List.of(ONE), List.of())
                    .answer()
                    .snapshot();
            bench.commit(source, 2, first, List.of(TWO), List.of(ONE));

            List<SnapshotSummary> summaries = bench.central.snapshots.summaries(source.id.number(), 10);
            assertEquals(
                    List.of(2L, 1L),
                    summaries.stream().map(SnapshotSummary::version).toList());
            assertEquals(2, summaries.get(0).copies());
            assertEquals(3, summaries.get(1).copies());
            assertEquals(1, summaries.get(1).packs());
            assertEquals(
                    List.of("h1", "h2", "h3"),
                    summaries.get(1).hosts().stream()
                            .map(SnapshotSummary.HostShare::name)
                            .sorted()
                            .toList());
            assertEquals(TestMachine.LENGTH, summaries.get(0).hosts().get(0).bytes());
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesManifestsThatContradictTheSet(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            bench.hold(source, ONE, bench.host("h1"), bench.host("h2"));
            Bench.refused(ProblemKind.BAD_REQUEST, () -> bench.commit(source, 1, null, List.of(ONE, ONE), List.of()));
            Bench.refused(ProblemKind.BAD_REQUEST, () -> bench.commit(source, 1, null, List.of(ONE), List.of(ONE)));
            Bench.refused(ProblemKind.BAD_REQUEST, () -> bench.commit(source, 1, null, List.of(), List.of(ONE)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesManifestsOfOthersAndForgedOnes(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            TestMachine other = bench.source("other");
            String theirs = other.manifest(1, 0, null, List.of(), List.of()).text();
            Bench.refused(
                    ProblemKind.BAD_REQUEST,
                    () -> bench.central.snapshots.commit(source.id, new CommitRequest(theirs, null)));
            TestMachine forger = new TestMachine("forger");
            forger.id = source.id;
            String forged = forger.manifest(1, 0, null, List.of(), List.of()).text();
            for (String text : new String[] {forged, "", "????", "AAAA", null}) {
                Bench.refused(
                        ProblemKind.BAD_REQUEST,
                        () -> bench.central.snapshots.commit(source.id, new CommitRequest(text, null)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSourceThatWasKilledGetsItsTurnAgainAtOnce(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            Lease lost = bench.central.leases.take(source.id, new LeaseRequest(0, null));
            Lease again = bench.central.leases.take(source.id, new LeaseRequest(lost.epoch(), null));
            assertEquals(lost.epoch() + 1, again.epoch());
            Bench.refused(ProblemKind.LEASE_TAKEN, () -> bench.central.leases.renew(source.id, lost.epoch()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSnapshotOfAnEarlierTurnIsTakenWhenNoneCameBetween(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            Lease lost = bench.central.leases.take(source.id, new LeaseRequest(0, null));
            bench.central.leases.take(source.id, new LeaseRequest(lost.epoch(), null));
            assertTrue(bench.commit(source, 1, lost.epoch(), null, List.of(), List.of())
                    .fresh());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRequestThatIsRepeatedGetsTheTurnThatItTook(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            LeaseRequest request = new LeaseRequest(0, "one");
            assertEquals(1, bench.central.leases.take(source.id, request).epoch());
            assertEquals(1, bench.central.leases.take(source.id, request).epoch());
            Bench.refused(
                    ProblemKind.LEASE_TAKEN,
                    () -> bench.central.leases.take(source.id, new LeaseRequest(0, "another")));
            bench.central.leases.release(source.id, 1);
            assertEquals(2, bench.central.leases.take(source.id, request).epoch(), "the turn was over");
            Bench.refused(
                    ProblemKind.BAD_REQUEST,
                    () -> bench.central.leases.take(source.id, new LeaseRequest(0, "x".repeat(65))));
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneTurnAtATimeAndWhatIsCommittedLateDoesNotReplaceAnything(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            Lease first = bench.central.leases.take(source.id, new LeaseRequest(0, null));
            assertEquals(1, first.epoch());
            assertEquals(0, first.version());
            Bench.refused(
                    ProblemKind.LEASE_TAKEN, () -> bench.central.leases.take(source.id, new LeaseRequest(0, null)));
            bench.clock.advance(Duration.ofSeconds(100));
            bench.central.leases.renew(source.id, 1);
            bench.clock.advance(Duration.ofSeconds(100));
            Bench.refused(
                    ProblemKind.LEASE_TAKEN, () -> bench.central.leases.take(source.id, new LeaseRequest(0, null)));
            bench.clock.advance(Duration.ofSeconds(21));
            Lease second = bench.central.leases.take(source.id, new LeaseRequest(1, null));
            assertEquals(2, second.epoch());
            Bench.refused(ProblemKind.LEASE_TAKEN, () -> bench.central.leases.renew(source.id, 1));
            bench.central.leases.release(source.id, 1);
            Bench.refused(ProblemKind.VERSION_CONFLICT, () -> bench.commit(source, 1, 3, null, List.of(), List.of()));
            String snapshot = bench.commit(source, 1, 2, null, List.of(), List.of())
                    .answer()
                    .snapshot();
            Bench.refused(ProblemKind.VERSION_CONFLICT, () -> bench.commit(source, 1, 1, null, List.of(), List.of()));
            bench.central.leases.release(source.id, 2);
            Lease third = bench.central.leases.take(source.id, new LeaseRequest(2, null));
            assertEquals(3, third.epoch());
            assertEquals(snapshot, third.manifest());
        }
    }

    @ParameterizedTest
    @EnumSource
    void leaseTellsWhatIsGoneSince(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            bench.hold(source, ONE, bench.host("h1"), bench.host("h2"));
            bench.lose(ONE, 5);
            assertEquals(
                    List.of(ONE.toString()),
                    bench.central
                            .leases
                            .take(source.id, new LeaseRequest(5, null))
                            .goneSince());
            assertEquals(
                    List.of(),
                    bench.central.leases.renew(source.id, 1).goneSince().stream()
                            .filter(pack -> !pack.equals(ONE.toString()))
                            .toList());
            bench.central.leases.release(source.id, 1);
            assertEquals(
                    List.of(),
                    bench.central
                            .leases
                            .take(source.id, new LeaseRequest(6, null))
                            .goneSince());
        }
    }
}
