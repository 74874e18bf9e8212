package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.cranny.central.policy.Scope;
import org.cranny.central.retention.PrunePlan;
import org.cranny.central.retention.RetentionPlan;
import org.cranny.central.snapshot.SnapshotSummary;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.snapshot.Lease;
import org.cranny.protocol.snapshot.LeaseRequest;
import org.cranny.protocol.snapshot.Placement;
import org.cranny.protocol.snapshot.SnapshotLine;
import org.cranny.protocol.snapshot.VersionRange;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is forgotten can be brought back, and no pack goes that any kept snapshot needs. */
class RetentionTest {
    private static final Duration UNDO = Duration.ofDays(30);
    private static final Duration APART = Duration.ofHours(4);

    private static final int SEEDS = Boolean.getBoolean("cranny.long") ? 12 : 2;
    private static final int STEPS = 80;

    @TempDir
    Path folder;

    private Bench bench;
    private TestMachine source;
    private final List<TestMachine> hosts = new ArrayList<>();
    private String newest;

    private void begin(Databases kind, Map<String, String> more) throws Exception {
        bench = new Bench(kind, folder, more);
        source = bench.source("ws");
        for (int i = 0; i < 3; i++) {
            hosts.add(bench.host("h" + i));
            bench.central.daemons.run(hosts.get(i));
        }
    }

    private long number() {
        return source.id.number();
    }

    private FragmentId hold(String name) {
        FragmentId pack = TestMachine.pack(name);
        bench.hold(source, pack, hosts.toArray(TestMachine[]::new));
        hosts.forEach(host -> bench.central.daemons.keep(host, pack));
        return pack;
    }

    private void commit(long version, List<FragmentId> added, List<FragmentId> removed) {
        newest = bench.commit(source, version, newest, added, removed).answer().snapshot();
    }

    private void pass(Duration time) {
        bench.clock.advance(time);
        hosts.forEach(host -> bench.central.heartbeats.report(host.id, host.heartbeat(9 * TestMachine.GIB)));
    }

    private Set<String> live() {
        return bench.central.custody.page(source.id, null, 1_000).packs().stream()
                .map(Placement::pack)
                .collect(Collectors.toSet());
    }

    private void keep(int last) {
        bench.central.policies.set(
                "admin",
                Scope.SYSTEM,
                Long.toString(number()),
                jakarta.json.Json.createObjectBuilder()
                        .add(
                                "retention",
                                jakarta.json.Json.createObjectBuilder().add("last", last))
                        .build());
    }

    @ParameterizedTest
    @EnumSource
    void forgetsWhatThePolicyDoesNotKeepAndBringsItBack(Databases kind) throws Exception {
        begin(kind, Map.of());
        try (Bench closed = bench) {
            FragmentId pack = hold("one");
            commit(1, List.of(pack), List.of());
            for (long version = 2; version <= 5; version++) {
                pass(Duration.ofDays(1));
                commit(version, List.of(), List.of());
            }
            assertEquals(Set.of("keep"), states(closed.central.retention.forget(number(), "admin")));
            keep(2);
            Bench.refused(
                    ProblemKind.BAD_REQUEST, () -> bench.central.retention.hold(number(), 2, "x".repeat(501), "admin"));
            bench.central.retention.hold(number(), 2, "audit", "admin");
            RetentionPlan seen = bench.central.retention.plan(number());
            assertEquals(seen, bench.central.retention.plan(number()));
            bench.central.retention.forget(number(), "admin");
            assertEquals(List.of(1L, 3L), forgotten());
            pass(UNDO.minusDays(1));
            bench.central.retention.recall(number(), 3, "admin");
            assertEquals(List.of(1L), forgotten());
            pass(Duration.ofDays(1));
            assertThrows(ProblemException.class, () -> bench.central.retention.recall(number(), 1, "admin"));
        }
    }

    private static Set<String> states(RetentionPlan plan) {
        return plan.snapshots().stream().map(RetentionPlan.Line::state).collect(Collectors.toSet());
    }

    private List<Long> forgotten() {
        return bench.central.retention.plan(number()).snapshots().stream()
                .filter(line -> line.state().equals("forgotten"))
                .map(RetentionPlan.Line::version)
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void packGoesAfterTwoMarksAndItsTimeInTheTrashAndNoSooner(Databases kind) throws Exception {
        begin(kind, Map.of("cranny.prune.most-percent", "60"));
        try (Bench closed = bench) {
            FragmentId old = hold("old");
            FragmentId kept = hold("kept");
            commit(1, List.of(old, kept), List.of());
            commit(2, List.of(), List.of(old));
            closed.central.keepsakes.forget(number(), List.of(1L), "admin");
            pass(UNDO.minusHours(1));
            assertEquals(List.of(), bench.central.prune.execute(number()).mark());
            pass(Duration.ofHours(1));
            assertEquals(1, bench.central.prune.execute(number()).mark().size());
            pass(APART.minusMinutes(1));
            assertEquals(List.of(), bench.central.prune.execute(number()).trash());
            pass(Duration.ofMinutes(1));
            assertEquals(1, bench.central.prune.execute(number()).trash().size());
            bench.central.discards.sweep();
            assertEquals(List.of(), bench.central.daemons.deleted);
            assertTrue(bench.central.daemons.trash(hosts.get(0).id.number()).contains(old.toString()));
            pass(Duration.ofDays(14));
            bench.central.discards.sweep();
            assertEquals(3, bench.central.daemons.deleted.size());
            assertEquals(Set.of(kept.toString()), live());
            assertEquals(
                    List.of(old.toString()),
                    bench.central
                            .leases
                            .take(source.id, new LeaseRequest(0, null))
                            .goneSince());
        }
    }

    @ParameterizedTest
    @EnumSource
    void commitTakesTheMarkOffAndALeaseHoldsThePruneUp(Databases kind) throws Exception {
        begin(kind, Map.of("cranny.prune.most-percent", "100"));
        try (Bench closed = bench) {
            FragmentId pack = hold("one");
            FragmentId other = hold("other");
            commit(1, List.of(pack, other), List.of());
            commit(2, List.of(), List.of(pack));
            closed.central.keepsakes.forget(number(), List.of(1L), "admin");
            pass(UNDO);
            bench.central.prune.execute(number());
            pass(APART);
            bench.central.leases.take(source.id, new LeaseRequest(0, null));
            bench.central.prune.execute(number());
            commit(3, List.of(pack), List.of());
            assertEquals(Set.of(pack.toString(), other.toString()), live());
            pass(APART);
            assertEquals(List.of(), bench.central.prune.execute(number()).trash());
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesToTakeTooMuchAtOnceAndWhenClocksDisagree(Databases kind) throws Exception {
        begin(kind, Map.of());
        try (Bench closed = bench) {
            FragmentId pack = hold("one");
            FragmentId other = hold("other");
            commit(1, List.of(pack, other), List.of());
            commit(2, List.of(), List.of(pack));
            closed.central.keepsakes.forget(number(), List.of(1L), "admin");
            pass(UNDO);
            bench.central.prune.execute(number());
            pass(APART);
            PrunePlan refused = bench.central.prune.execute(number());
            assertTrue(refused.refused().contains("20 percent"), refused::toString);
            bench.central.discards.sweep();
            assertEquals(Set.of(), bench.central.daemons.trash(hosts.get(0).id.number()));

            closed.central.database.durably(entities -> entities.createNativeQuery(
                            "insert into prune_lock (id, until_millis, reason) values (1, ?, 'rebuilt')")
                    .setParameter(1, closed.clock.millis() + 1_000)
                    .executeUpdate());
            assertTrue(bench.central.prune.plan(number()).refused().contains("rebuilt"));
            bench.clock.advance(Duration.ofSeconds(2));
            assertFalse(bench.central.prune.plan(number()).refused().contains("rebuilt"));

            bench.central.log.append("admin", "anything", "now", "");
            bench.clock.advance(Duration.ofMinutes(-10));
            assertTrue(bench.central.prune.plan(number()).refused().contains("clock"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsForgottenForLongEnoughIsGivenUpForEverAndToldToTheSource(Databases kind) throws Exception {
        begin(kind, Map.of());
        try (Bench closed = bench) {
            FragmentId pack = hold("one");
            commit(1, List.of(pack), List.of());
            for (long version = 2; version <= 5; version++) {
                commit(version, List.of(), List.of());
            }
            closed.central.keepsakes.forget(number(), List.of(1L, 2L, 4L), "admin");
            pass(UNDO.minusMinutes(10));
            assertEquals(List.of(), told());
            bench.central.keepsakes.recall(number(), 2, UNDO, "admin");
            pass(Duration.ofMinutes(10));
            assertEquals(List.of(new VersionRange(1, 1), new VersionRange(4, 4)), told());
            Bench.refused(
                    ProblemKind.BAD_REQUEST,
                    () -> closed.central.keepsakes.recall(number(), 1, UNDO.multipliedBy(3), "admin"));
            assertEquals(
                    List.of(true, false, false, true, false),
                    closed.central.snapshots.list(source.id, 0).stream()
                            .map(SnapshotLine::forgotten)
                            .toList());
            assertEquals(
                    List.of(5L, 3L, 2L),
                    closed.central.snapshots.summaries(number(), 10).stream()
                            .map(SnapshotSummary::version)
                            .toList());
            assertEquals(
                    5, closed.central.snapshots.summaries(number(), 10, true).size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsGivenUpWhileCentralDoesNotKnowWhatItMissed(Databases kind) throws Exception {
        begin(kind, Map.of());
        try (Bench closed = bench) {
            commit(1, List.of(hold("one")), List.of());
            commit(2, List.of(), List.of());
            closed.central.keepsakes.forget(number(), List.of(1L), "admin");
            pass(UNDO);
            closed.central.database.durably(entities -> entities.createNativeQuery(
                            "insert into prune_lock (id, until_millis, reason) values (1, ?, 'rebuilt')")
                    .setParameter(1, closed.clock.millis() + 1_000)
                    .executeUpdate());
            assertEquals(List.of(), told());
            bench.clock.advance(Duration.ofMinutes(3));
            assertEquals(List.of(new VersionRange(1, 1)), told());
        }
    }

    private List<VersionRange> told() {
        Lease lease = bench.central.leases.take(source.id, new LeaseRequest(0, null));
        bench.central.leases.release(source.id, lease.epoch());
        return lease.forgotten();
    }

    @ParameterizedTest
    @EnumSource
    void commitBringsBackWhatIsInTheTrashAndOnlyWhatIsGoneIsMissing(Databases kind) throws Exception {
        begin(kind, Map.of("cranny.prune.most-percent", "100"));
        try (Bench closed = bench) {
            FragmentId pack = hold("one");
            FragmentId other = hold("other");
            commit(1, List.of(pack, other), List.of());
            commit(2, List.of(), List.of(pack));
            closed.central.keepsakes.forget(number(), List.of(1L), "admin");
            putAway();
            assertEquals(Set.of(other.toString()), live());
            closed.central.discards.sweep();
            assertEquals(
                    Set.of(pack.toString()),
                    closed.central.daemons.trash(hosts.get(0).id.number()));

            commit(3, List.of(pack), List.of());
            assertEquals(Set.of(pack.toString(), other.toString()), live());
            assertEquals(Set.of(), closed.central.daemons.trash(hosts.get(0).id.number()));
            pass(Duration.ofDays(15));
            closed.central.discards.sweep();
            assertEquals(List.of(), closed.central.daemons.deleted);

            commit(4, List.of(), List.of(pack));
            closed.central.keepsakes.forget(number(), List.of(2L, 3L), "admin");
            putAway();
            closed.central.discards.sweep();
            pass(Duration.ofDays(15));
            closed.central.discards.sweep();
            assertEquals(3, closed.central.daemons.deleted.size());
            ProblemException missing =
                    Bench.refused(ProblemKind.PACKS_MISSING, () -> commit(5, List.of(pack), List.of()));
            assertEquals(List.of(pack.toString()), missing.problem().items());
        }
    }

    private void putAway() {
        pass(UNDO);
        bench.central.prune.execute(number());
        pass(APART);
        bench.central.prune.execute(number());
    }

    /** Random histories; after every step all packs of every snapshot that can be had are live. */
    @ParameterizedTest
    @EnumSource
    void nothingThatAKeptSnapshotNeedsEverGoes(Databases kind) throws Exception {
        begin(kind, Map.of("cranny.prune.most-percent", "100"));
        try (Bench closed = bench) {
            for (long seed = 1; seed <= SEEDS; seed++) {
                source = closed.source("ws" + seed);
                newest = null;
                history(new Random(seed), "seed " + seed);
            }
            assertTrue(closed.central.daemons.deleted.size() > 0, "no history deleted anything");
        }
    }

    private void history(Random random, String name) {
        Map<Long, Set<FragmentId>> sets = new TreeMap<>();
        Map<Long, Long> forgotten = new HashMap<>();
        Set<FragmentId> current = new HashSet<>();
        long version = 0;
        for (int step = 0; step < STEPS; step++) {
            Set<String> before = live();
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    List<FragmentId> added = new ArrayList<>(List.of(hold(name + " " + step)));
                    List<FragmentId> removed = new ArrayList<>();
                    for (FragmentId pack : new TreeSet<>(current)) {
                        if (random.nextInt(4) == 0) {
                            removed.add(pack);
                        }
                    }
                    sets.values().stream()
                            .flatMap(Set::stream)
                            .distinct()
                            .filter(pack -> !current.contains(pack) && before.contains(pack.toString()))
                            .sorted()
                            .limit(random.nextInt(2))
                            .forEach(added::add);
                    version++;
                    commit(version, added, removed);
                    current.removeAll(removed);
                    current.addAll(added);
                    sets.put(version, Set.copyOf(current));
                }
                case 2 -> {
                    List<Long> some = sets.keySet().stream()
                            .filter(each -> random.nextBoolean())
                            .toList();
                    long now = bench.clock.millis();
                    bench.central.keepsakes.forget(number(), some, "admin").forEach(each -> forgotten.put(each, now));
                }
                case 3 -> pass(Duration.ofHours(random.nextInt(24 * 20)));
                default -> {
                    bench.central.prune.execute(number());
                    pass(APART);
                    bench.central.prune.execute(number());
                    bench.central.discards.sweep();
                }
            }
            long since = bench.clock.millis() - UNDO.toMillis();
            Set<String> live = live();
            sets.forEach((each, packs) -> {
                if (forgotten.getOrDefault(each, Long.MAX_VALUE) > since) {
                    packs.forEach(pack -> assertTrue(
                            live.contains(pack.toString()), () -> name + ": version " + each + " lost " + pack));
                }
            });
        }
    }
}
