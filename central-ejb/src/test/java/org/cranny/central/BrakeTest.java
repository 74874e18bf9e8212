package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cranny.central.alert.AlertKind;
import org.cranny.central.alert.AlertState;
import org.cranny.central.approval.Approval;
import org.cranny.central.brake.Brake;
import org.cranny.central.policy.Scope;
import org.cranny.central.retention.PrunePlan;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.job.JobClaim;
import org.cranny.protocol.job.JobOffer;
import org.cranny.protocol.job.JobRequest;
import org.cranny.protocol.job.JobResult;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.snapshot.CommitRequest;
import org.cranny.protocol.snapshot.NewContent;
import org.cranny.protocol.snapshot.Placement;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Too much at once stops deletion, and normal life does not. */
class BrakeTest {
    private static final int PACKS = 20;

    @TempDir
    Path folder;

    private Bench bench;
    private final List<TestMachine> hosts = new ArrayList<>();
    private final Map<Long, Set<FragmentId>> needed = new HashMap<>();
    private int made;

    /** One machine's files. */
    private final class Life {
        final TestMachine source;
        String newest;
        long version;
        List<FragmentId> now = new ArrayList<>();

        Life(String name, int packs) {
            source = bench.source(name);
            commit(make(packs), List.of());
        }

        long number() {
            return source.id.number();
        }

        List<FragmentId> make(int count) {
            List<FragmentId> some = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                FragmentId pack = TestMachine.pack(source.id + " " + made++);
                bench.hold(source, pack, hosts.toArray(TestMachine[]::new));
                hosts.forEach(host -> bench.central.daemons.keep(host, pack));
                some.add(pack);
            }
            return some;
        }

        void commit(List<FragmentId> added, List<FragmentId> removed) {
            newest = bench.commit(source, ++version, newest, added, removed)
                    .answer()
                    .snapshot();
            now = new ArrayList<>(now);
            now.removeAll(removed);
            now.addAll(added);
        }

        /** No packs change; of a million octets of files these are new, by its word. */
        void says(long plain, long stored) {
            String manifest = source.manifest(++version, 0, newest, List.of(), List.of(), 1_000_000)
                    .text();
            newest = bench.central
                    .snapshots
                    .commit(source.id, new CommitRequest(manifest, new NewContent(plain, stored)))
                    .answer()
                    .snapshot();
        }

        /** A day on which the oldest files are written anew. */
        void day(int count) {
            commit(make(count), List.copyOf(now.subList(0, count)));
        }
    }

    private void begin(Databases kind, Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of("cranny.brake.least-bytes", "131072"));
        settings.putAll(more);
        bench = new Bench(kind, folder, settings);
        for (int i = 0; i < 3; i++) {
            hosts.add(bench.host("h" + i));
            bench.central.daemons.run(hosts.get(i));
        }
    }

    private void pass(Duration time) {
        bench.clock.advance(time);
        hosts.forEach(host -> bench.central.heartbeats.report(host.id, host.heartbeat(9 * TestMachine.GIB)));
    }

    private void round(Life... all) {
        bench.central.brakes.lookAtAll();
        for (Life each : all) {
            bench.central.retention.forget(each.number(), "central");
            bench.central.prune.execute(each.number());
        }
        bench.central.discards.sweep();
    }

    private void keepLast(Life life, int last) {
        bench.central.policies.set(
                "admin",
                Scope.SYSTEM,
                Long.toString(life.number()),
                Json.createObjectBuilder()
                        .add("retention", Json.createObjectBuilder().add("last", last))
                        .build());
    }

    private List<Brake> on() {
        return bench.central.brakes.list(false);
    }

    private Set<String> live(Life life) {
        return bench.central.custody.page(life.source.id, null, 10_000).packs().stream()
                .map(Placement::pack)
                .collect(Collectors.toSet());
    }

    /** T38: 24 hours with every right on a source, against a policy that counts. */
    @ParameterizedTest
    @EnumSource
    void allOfBeforeADayOfRansomwareIsThereAMonthLater(Databases kind) throws Exception {
        begin(kind, Map.of("cranny.prune.most-percent", "100"));
        try (Bench closed = bench) {
            Life life = new Life("ws", PACKS);
            keepLast(life, 3);
            for (int day = 0; day < 6; day++) {
                pass(Duration.ofDays(1));
                life.day(1);
                round(life);
            }
            List<Long> kept = there(life);
            assertEquals(List.of(7L, 6L, 5L), kept);
            Set<String> good = life.now.stream().map(FragmentId::toString).collect(Collectors.toSet());
            for (int hour = 0; hour < 24; hour++) {
                pass(Duration.ofHours(1));
                life.day(PACKS / 4);
                bench.central.retention.forgetNow(life.number(), "admin");
                round(life);
            }
            Brake brake = on().get(0);
            System.out.println("brake: " + brake);
            assertEquals(life.number(), brake.system());
            assertTrue(
                    bench.central.alerts.lasting().containsKey(AlertKind.BRAKE_PULLED),
                    () -> bench.central.alerts.lasting().toString());
            assertTrue(
                    bench.central.alerts.list(AlertState.OPEN, null, 100).stream()
                            .noneMatch(alert -> alert.name().startsWith("system ")),
                    "an alert names the machine");
            for (int day = 0; day < 30; day++) {
                pass(Duration.ofDays(1));
                round(life);
            }
            for (long version : kept) {
                bench.central.retention.recall(life.number(), version, "admin");
            }
            assertTrue(there(life).containsAll(kept), () -> there(life).toString());
            assertTrue(live(life).containsAll(good));
            assertEquals(List.of(), closed.central.daemons.deleted);
            PrunePlan plan = bench.central.prune.plan(life.number());
            assertTrue(plan.refused().contains("brake"), plan::toString);
        }
    }

    private List<Long> there(Life life) {
        return bench.central.keepsakes.ages(life.number()).stream()
                .filter(age -> age.forgotten() == null)
                .map(age -> age.version())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void onePersonPullsAndTwoReleaseWhateverTheRule(Databases kind) throws Exception {
        begin(kind, Map.of());
        try (Bench closed = bench) {
            Life life = new Life("ws", 2);
            Brake brake = closed.central.brakes.pull(life.number(), "ann", "odd");
            assertEquals(brake, closed.central.brakes.pull(life.number(), "bob", "again"));
            Bench.refused(ProblemKind.NOT_APPROVED, () -> closed.central.brakes.release(brake.id(), "ann"));
            Approval asked = closed.central.approvals.newest(true, null, 1).get(0);
            Bench.refused(
                    ProblemKind.NOT_ALLOWED,
                    () -> closed.central.approvals.give("ann", Bench.ADMINISTRATOR, asked.id()));
            closed.central.approvals.give("bob", Bench.ADMINISTRATOR, asked.id());
            assertEquals("ann", closed.central.brakes.release(brake.id(), "ann").releasedBy());
            assertEquals(List.of(), on());
            assertEquals(Map.of(), closed.central.alerts.lasting());

            Brake again = closed.central.brakes.pull(null, "ann", null);
            Bench.refused(ProblemKind.NOT_APPROVED, () -> closed.central.brakes.release(again.id(), "ann"));
            pass(Duration.ofDays(7).minusMinutes(1));
            Bench.refused(ProblemKind.NOT_APPROVED, () -> closed.central.brakes.release(again.id(), "ann"));
            pass(Duration.ofMinutes(1));
            closed.central.brakes.release(again.id(), "ann");
            assertEquals(List.of(), on());
        }
    }

    @ParameterizedTest
    @EnumSource
    void manySourcesThatJumpOnOneDayStopDeletionEverywhere(Databases kind) throws Exception {
        begin(kind, Map.of());
        try (Bench closed = bench) {
            Life[] all = {new Life("a", 6), new Life("b", 6), new Life("c", 6), new Life("d", 6)};
            pass(Duration.ofDays(2));
            all[0].day(6);
            all[1].day(5);
            round(all);
            assertEquals(2, on().size());
            all[2].day(4);
            round(all);
            assertEquals(4, on().size());
            all[3].commit(List.of(), List.of());
            assertEquals(List.of(), closed.central.keepsakes.forget(all[3].number(), List.of(1L), "admin"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPolicyExplainsOnlyWhatItChangesAndOnlyOfItsOwnSources(Databases kind) throws Exception {
        begin(kind, Map.of());
        try (Bench closed = bench) {
            Life life = new Life("ws", 6);
            Life other = new Life("other", 6);
            pass(Duration.ofDays(2));
            life.day(1);
            other.day(1);
            pass(Duration.ofDays(2));
            closed.central.policies.set(
                    "admin",
                    Scope.SYSTEM,
                    Long.toString(life.number()),
                    Json.createObjectBuilder()
                            .add("excludes", Json.createArrayBuilder().add("*.iso"))
                            .build());
            life.commit(List.of(), List.copyOf(life.now.subList(0, 4)));
            assertEquals(List.of(), on());
            other.commit(List.of(), List.copyOf(other.now.subList(0, 4)));
            assertEquals(
                    List.of(other.number()), on().stream().map(Brake::system).toList());

            pass(Duration.ofDays(2));
            life.commit(life.make(6), List.of());
            pass(Duration.ofDays(2));
            keepLast(life, 9);
            life.day(8);
            assertEquals(
                    List.of(life.number(), other.number()),
                    on().stream().map(Brake::system).toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOrderToSendEverythingAgainExplainsOneBackup(Databases kind) throws Exception {
        begin(kind, Map.of());
        try (Bench closed = bench) {
            Life life = new Life("ws", 6);
            pass(Duration.ofDays(2));
            rotate(life, true);
            pass(Duration.ofHours(1));
            life.day(6);
            assertEquals(List.of(), on());
            pass(Duration.ofDays(2));
            rotate(life, false);
            life.day(6);
            assertEquals(1, on().size());
        }
    }

    private void rotate(Life life, boolean afterCompromise) {
        bench.central.jobs.order(
                "admin",
                life.number(),
                new JobRequest("ROTATE_KEYS", Map.of("afterCompromise", afterCompromise), List.of(), null));
        JobOffer offer = bench.central
                .claims
                .claim(life.source.id, JobClaim.everything("a".repeat(32)))
                .orElseThrow();
        bench.central.claims.result(
                life.source.id, offer.job(), new JobResult(offer.claim(), "DONE", 0, null, null, 0, null));
    }

    @ParameterizedTest
    @EnumSource
    void whatTheSourceSaysOfItsFilesCountsToo(Databases kind) throws Exception {
        begin(kind, Map.of());
        try (Bench closed = bench) {
            Life life = new Life("ws", 6);
            for (int day = 0; day < 6; day++) {
                pass(Duration.ofDays(1));
                life.says(30_000, 10_000);
            }
            assertEquals(List.of(), on());
            pass(Duration.ofDays(1));
            life.says(300_000, 300_000);
            assertTrue(on().get(0).reason().contains("compress"), () -> on().toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTwoPeopleReleasedIsNoJumpAgain(Databases kind) throws Exception {
        begin(kind, Map.of());
        try (Bench closed = bench) {
            Life life = new Life("ws", 6);
            pass(Duration.ofDays(2));
            life.day(6);
            long id = on().get(0).id();
            Bench.refused(ProblemKind.NOT_APPROVED, () -> closed.central.brakes.release(id, "ann"));
            closed.central.approvals.give(
                    "bob",
                    Bench.ADMINISTRATOR,
                    closed.central.approvals.newest(true, null, 1).get(0).id());
            closed.central.brakes.release(id, "ann");
            pass(Duration.ofHours(1));
            life.day(1);
            assertEquals(List.of(), on());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFloodOfSmallSnapshotsPullsItBeforeTheyPushOthersOut(Databases kind) throws Exception {
        begin(kind, Map.of());
        try (Bench closed = bench) {
            Life life = new Life("ws", 6);
            pass(Duration.ofDays(2));
            for (int i = 0; i < 29; i++) {
                life.commit(List.of(), List.of());
            }
            assertEquals(List.of(), on());
            life.commit(List.of(), List.of());
            assertEquals(1, on().size());
        }
    }
}
