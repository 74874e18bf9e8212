package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cranny.central.alert.AlertKind;
import org.cranny.central.proof.HostProofs;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.fragment.LeafHashes;
import org.cranny.protocol.masterfile.Host.State;
import org.cranny.protocol.proof.Challenge;
import org.cranny.protocol.proof.Challenges;
import org.cranny.protocol.proof.Leaf;
import org.cranny.protocol.proof.Proof;
import org.cranny.protocol.proof.Proofs;
import org.cranny.protocol.snapshot.Placement;
import org.cranny.protocol.snapshot.Placements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hosts prove day by day what they keep; one that cannot gets nothing new, then is shut out, and its copies are made anew. */
class ProofTest {
    private static final int STEP_HOURS = 4;
    private static final int LEAVES = TestMachine.LENGTH / LeafHashes.LEAF_OCTETS;

    @TempDir
    Path folder;

    private final Random random = new Random(11);
    private final Map<String, byte[]> octets = new HashMap<>();
    private final List<FragmentId> packs = new ArrayList<>();
    private final List<TestMachine> hosts = new ArrayList<>();
    private Bench bench;
    private TestMachine source;

    /** Hosts that all keep all packs, and tell the truth until a test says otherwise. */
    private void begin(Databases kind, int hostCount, int packCount) throws Exception {
        bench = new Bench(kind, folder, Map.of("cranny.host.suspect-seconds", "14000"));
        source = bench.source("ws");
        for (int i = 0; i < hostCount; i++) {
            TestMachine host = bench.host("h" + i);
            hosts.add(host);
            bench.central.daemons.run(host);
            bench.central.daemons.provers.put(number(host), this::honestly);
        }
        List<Placement> placements = new ArrayList<>();
        TestMachine[] keepers = hosts.subList(0, 3).toArray(TestMachine[]::new);
        for (int i = 0; i < packCount; i++) {
            byte[] content = new byte[TestMachine.LENGTH];
            random.nextBytes(content);
            FragmentId pack = FragmentHasher.of(content);
            octets.put(pack.toString(), content);
            packs.add(pack);
            placements.add(source.placement(pack, bench.clock.instant(), keepers));
            hosts.subList(0, 3).forEach(host -> bench.central.daemons.keep(host, pack));
        }
        bench.central.custody.register(source.id, new Placements(placements));
        bench.commit(source, 1, null, packs, List.of());
        pass(STEP_HOURS, hosts);
    }

    /** So many hours go by, with a look at who is due every four of them; these hosts report. */
    private void pass(int hours, List<TestMachine> reporting) {
        for (int i = 0; i < hours / STEP_HOURS; i++) {
            bench.clock.advance(Duration.ofHours(STEP_HOURS));
            reporting.forEach(host -> bench.central.heartbeats.report(host.id, host.heartbeat(9 * TestMachine.GIB)));
            bench.central.hosts.noticeSilence();
            bench.central.proofs.round();
        }
    }

    private static long number(TestMachine host) {
        return host.id.number();
    }

    private Proofs honestly(Challenges asked) {
        return new Proofs(asked.challenges().stream()
                .map(each -> proof(each.fragment(), each.leaves().get(0)))
                .toList());
    }

    private Proof proof(String fragment, int leaf) {
        byte[] content = octets.get(fragment);
        FragmentHasher hasher = new FragmentHasher();
        hasher.update(content, 0, content.length);
        List<String> path =
                hasher.tree().path(leaf).stream().map(HexFormat.of()::formatHex).toList();
        byte[] part = java.util.Arrays.copyOfRange(
                content, leaf * LeafHashes.LEAF_OCTETS, (leaf + 1) * LeafHashes.LEAF_OCTETS);
        Leaf proven = new Leaf(leaf, Base64.getEncoder().encodeToString(part), path);
        return new Proof(fragment, content.length, List.of(proven));
    }

    /** As somebody who answers each challenge in his own way. */
    private interface Lie {
        Proof tell(Challenge challenge);
    }

    private void lies(TestMachine host, Lie lie) {
        bench.central.daemons.provers.put(
                number(host),
                asked -> new Proofs(asked.challenges().stream().map(lie::tell).toList()));
    }

    private HostProofs proofs(TestMachine host) {
        return bench.central.proofs.of(number(host));
    }

    private long logged(String action) {
        return bench.central.log.newest(1_000).stream()
                .filter(row -> row.action().equals(action))
                .count();
    }

    private long alerts() {
        bench.central.alerts.look();
        return bench.central.alerts.lasting().getOrDefault(AlertKind.PROOFS_WRONG, 0L);
    }

    @ParameterizedTest
    @EnumSource
    void theLastCopyIsNotGivenUpOnTheWordOfAnotherHost(Databases kind) throws Exception {
        begin(kind, 4, 3);
        try (Bench closed = bench) {
            TestMachine accused = hosts.get(0);
            TestMachine liar = hosts.get(3);
            for (TestMachine other : hosts.subList(1, 3)) {
                packs.forEach(pack -> closed.central.custody.lost(source.id.number(), pack, number(other)));
            }
            closed.central.daemons.liars.add(number(liar));
            repairTo(liar);
            assertEquals(3, copies(), "it proves them");
            assertTrue(logged("contradicted") > 0);
            assertEquals(0, logged("copy lost"));

            closed.central.daemons.provers.put(number(accused), asked -> {
                throw new IOException("it does not answer");
            });
            repairTo(liar);
            assertEquals(3, copies(), "it says nothing against itself");

            lies(accused, asked -> new Proof(asked.fragment(), -1, List.of()));
            repairTo(liar);
            assertEquals(0, copies(), "it says itself that they are not there");
            assertEquals(3, logged("copy lost"));
        }
    }

    /** Makes copies on this host alone. */
    private void repairTo(TestMachine host) {
        hosts.stream()
                .filter(other -> other != host)
                .forEach(other -> bench.central.heartbeats.report(other.id, other.full(1L << 40, 1L << 40)));
        bench.central.repairs.round();
    }

    private int copies() {
        return bench.central.custody.page(source.id, null, 10).packs().stream()
                .mapToInt(placement -> placement.fragments().size())
                .sum();
    }

    @ParameterizedTest
    @EnumSource
    void anHonestHostProvesNinetyADayAndNothingChanges(Databases kind) throws Exception {
        begin(kind, 3, 20);
        try (Bench closed = bench) {
            long before = closed.central.log.newest(1).get(0).sequence();
            pass(24, hosts);
            HostProofs proofs = proofs(hosts.get(0));
            assertEquals(90, proofs.asked());
            assertEquals(90, proofs.proved());
            assertEquals(1, proofs.honesty());
            assertNull(proofs.silentSince());
            assertEquals(before, bench.central.log.newest(1).get(0).sequence());
            assertEquals(270, bench.central.proofs.counted().get("right"));
            pass(48, hosts.subList(1, 3));
            assertEquals(0, proofs(hosts.get(0)).asked(), "since yesterday");
            pass(STEP_HOURS, hosts);
            assertEquals(15, proofs(hosts.get(0)).asked(), "a day's share is not asked for at once");
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneThatKeepsHalfIsShutOutAndEveryPackIsMadeWholeWithoutIt(Databases kind) throws Exception {
        begin(kind, 5, 150);
        try (Bench closed = bench) {
            TestMachine liar = hosts.get(0);
            lies(
                    liar,
                    asked -> packs.indexOf(FragmentId.of(asked.fragment())) % 2 == 0
                            ? new Proof(asked.fragment(), -1, List.of())
                            : proof(asked.fragment(), asked.leaves().get(0)));
            for (int i = 0; i < 60 && bench.state(liar) == State.ACCEPTING; i++) {
                pass(STEP_HOURS, hosts);
            }
            assertTrue(closed.central.hosts.dubious().containsKey(number(liar)));
            assertFalse(bench.state(liar) == State.ACCEPTING, "it gets nothing new");
            for (int i = 0; i < 60 && bench.state(liar) != State.QUARANTINED; i++) {
                pass(STEP_HOURS, hosts);
            }
            assertEquals(State.QUARANTINED, bench.state(liar));
            assertTrue(proofs(liar).honesty() < 0.6);
            assertTrue(logged("not proved") > 0);
            assertEquals(1, logged("quarantine"));
            assertEquals(1, alerts());
            while (bench.central.repairs.round() > 0) {
                bench.clock.advance(Duration.ofSeconds(1));
            }
            bench.central
                    .repairs
                    .redundancy(number(source))
                    .forEach(count -> assertEquals(3, count.copies(), count::toString));
            bench.central.repairs.decide(number(liar), false, "admin");
            assertEquals(State.ACCEPTING, bench.state(liar));
            assertEquals(1, proofs(liar).honesty(), "who lets it in gives it a new beginning");
            assertEquals(0, alerts());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherLeafOrAnAnswerOfBeforeProvesNothing(Databases kind) throws Exception {
        begin(kind, 10, 60);
        try (Bench closed = bench) {
            Map<String, Proof> kept = new HashMap<>();
            lies(hosts.get(0), asked -> proof(asked.fragment(), (asked.leaves().get(0) + 1) % LEAVES));
            lies(
                    hosts.get(1),
                    asked -> kept.computeIfAbsent(
                            asked.fragment(), any -> proof(any, asked.leaves().get(0))));
            packs.forEach(pack -> kept.put(pack.toString(), proof(pack.toString(), 0)));
            for (int i = 0; i < 60 && bench.state(hosts.get(1)) != State.QUARANTINED; i++) {
                pass(STEP_HOURS, hosts);
            }
            assertEquals(State.QUARANTINED, bench.state(hosts.get(0)));
            assertEquals(State.QUARANTINED, bench.state(hosts.get(1)));
            assertEquals(1, closed.central.proofs.of(number(hosts.get(2))).honesty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneThatNeverAnswersIsGivenADayThenShutOutAndLosesNoCopyByIt(Databases kind) throws Exception {
        begin(kind, 5, 20);
        try (Bench closed = bench) {
            TestMachine mute = hosts.get(0);
            closed.central.daemons.provers.put(number(mute), any -> {
                throw new IOException("no answer");
            });
            pass(24, hosts);
            assertEquals(1, proofs(mute).honesty(), "not yet");
            assertNotNull(proofs(mute).silentSince());
            pass(8, hosts);
            assertEquals(State.QUARANTINED, bench.state(mute));
            assertEquals(0, logged("not proved"));
            assertTrue(logged("proves nothing") > 0);
            closed.central.daemons.provers.put(number(mute), this::honestly);
            bench.central.repairs.decide(number(mute), false, "admin");
            pass(8, hosts);
            assertNull(proofs(mute).silentSince());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenNobodyAnswersItIsCentralThatReachesNobody(Databases kind) throws Exception {
        begin(kind, 4, 20);
        try (Bench closed = bench) {
            hosts.forEach(host -> closed.central.daemons.provers.put(number(host), any -> {
                throw new IOException("no answer");
            }));
            pass(32, hosts);
            for (TestMachine host : hosts) {
                assertEquals(State.ACCEPTING, bench.state(host));
                assertEquals(1, proofs(host).honesty());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyAtATimeAreNotShutOutAndWhoIsAwayIsAskedNothing(Databases kind) throws Exception {
        begin(kind, 4, 60);
        try (Bench closed = bench) {
            hosts.forEach(host -> lies(host, asked -> new Proof(asked.fragment(), -1, List.of())));
            pass(12, hosts.subList(0, 2));
            assertEquals(State.SUSPECT, bench.state(hosts.get(2)));
            assertEquals(1, closed.central.proofs.of(number(hosts.get(2))).honesty(), "it is away");
            assertEquals(
                    1,
                    hosts.stream()
                            .filter(host -> bench.state(host) == State.QUARANTINED)
                            .count());
            assertTrue(logged("quarantine held back") > 0);
        }
    }

    @Test
    void daemonsThatAnswerSomethingElseThanWasAskedGiveNoAnswer() throws Exception {
        begin(Databases.values()[0], 4, 20);
        try (Bench closed = bench) {
            closed.central.daemons.provers.put(number(hosts.get(0)), any -> new Proofs(List.of()));
            pass(8, hosts);
            assertNotNull(proofs(hosts.get(0)).silentSince());
            assertEquals(0, logged("not proved"));
        }
    }
}
