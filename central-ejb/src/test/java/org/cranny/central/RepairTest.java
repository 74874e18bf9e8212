package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cranny.central.placement.CopyCount;
import org.cranny.central.repair.Drain;
import org.cranny.central.repair.Reclaim;
import org.cranny.central.repair.RepairPlan;
import org.cranny.central.system.LendingRequest;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.heartbeat.LendingTerms;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.snapshot.Held;
import org.cranny.protocol.snapshot.MovedPlacements;
import org.cranny.protocol.snapshot.Placement;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Packs get back the copies that they lost, and what is too much goes by plan and never below what is wanted. */
class RepairTest {
    private static final int WANTED = 3;
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    @TempDir
    Path folder;

    private Bench bench;
    private TestMachine source;
    private final List<TestMachine> hosts = new ArrayList<>();

    private void begin(Databases kind, int count) throws Exception {
        bench = new Bench(kind, folder, Map.of("cranny.host.suspect-seconds", "60"));
        source = bench.source("ws");
        for (int i = 0; i < count; i++) {
            hosts.add(bench.host("h" + i));
            bench.central.daemons.run(hosts.get(i));
        }
        pass(Duration.ofMinutes(2), hosts);
    }

    /** Time goes by, and these hosts report meanwhile. */
    private void pass(Duration time, List<TestMachine> reporting) {
        bench.clock.advance(time);
        reporting.forEach(host -> bench.central.heartbeats.report(host.id, host.heartbeat(9 * TestMachine.GIB)));
        bench.central.hosts.noticeSilence();
    }

    private FragmentId pack(String name, TestMachine... holders) {
        FragmentId pack = TestMachine.pack(name);
        bench.hold(source, pack, holders);
        for (TestMachine holder : holders) {
            bench.central.daemons.keep(holder, pack);
        }
        return pack;
    }

    private Set<Long> holders(FragmentId pack) {
        Set<Long> holders = new TreeSet<>();
        bench.central.custody.page(source.id, null, 100).packs().stream()
                .filter(placement -> placement.pack().equals(pack.toString()))
                .forEach(placement -> placement.fragments().forEach(held -> holders.add(host(held.receipt()))));
        return holders;
    }

    private static long host(String receipt) {
        try {
            return org.cranny.protocol.receipt.Receipt.claimed(org.cranny.protocol.signing.Signed.parse(receipt))
                    .host()
                    .number();
        } catch (org.cranny.protocol.octets.MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static long number(TestMachine machine) {
        return machine.id.number();
    }

    @ParameterizedTest
    @EnumSource
    void aHostThatIsShutOutIsMadeUpForInTheNextRound(Databases kind) throws Exception {
        begin(kind, 4);
        try (Bench closed = bench) {
            FragmentId pack = pack("one", hosts.get(0), hosts.get(1), hosts.get(2));
            bench.commit(source, 1, null, List.of(pack), List.of());
            pass(Duration.ofDays(1), hosts);
            assertEquals(0, closed.central.repairs.round());
            closed.central.systems.shutOut(number(hosts.get(2)), "admin", "stolen", 5);
            assertEquals(1, closed.central.repairs.round());
            assertTrue(holders(pack).contains(number(hosts.get(3))), () -> holders(pack)
                    .toString());
            assertEquals(0, closed.central.repairs.round());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSourceThatIsShutOutGoesOnBeingKeptAndRepaired(Databases kind) throws Exception {
        begin(kind, 4);
        try (Bench closed = bench) {
            FragmentId pack = pack("one", hosts.get(0), hosts.get(1), hosts.get(2));
            bench.commit(source, 1, null, List.of(pack), List.of());
            closed.central.systems.shutOut(number(source), "admin", "stolen", 5);
            pass(Duration.ofDays(1), hosts);
            closed.central.systems.shutOut(number(hosts.get(0)), "admin", "stolen", 5);
            assertEquals(1, closed.central.repairs.round());
            assertTrue(holders(pack).contains(number(hosts.get(3))), () -> holders(pack)
                    .toString());
            assertEquals(1, closed.central.snapshots.newest(source.id).size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void makesTheCopiesThatALostHostTookAwayAndOnlyThen(Databases kind) throws Exception {
        begin(kind, 4);
        try (Bench closed = bench) {
            FragmentId pack = pack("one", hosts.get(0), hosts.get(1), hosts.get(2));
            bench.commit(source, 1, null, List.of(pack), List.of());
            List<TestMachine> others = List.of(hosts.get(0), hosts.get(1), hosts.get(3));
            bench.central.daemons.stop(hosts.get(2));
            pass(Duration.ofDays(6), others);
            assertEquals(0, closed.central.repairs.round());
            assertEquals(Set.of(number(hosts.get(0)), number(hosts.get(1)), number(hosts.get(2))), holders(pack));

            pass(Duration.ofDays(2), others);
            assertEquals(
                    List.of(new CopyCount(2, WANTED, 1, TestMachine.LENGTH)),
                    bench.central.repairs.redundancy(number(source)));
            assertEquals(1, bench.central.repairs.round());
            assertTrue(holders(pack).contains(number(hosts.get(3))));
            assertEquals(
                    List.of(new CopyCount(3, WANTED, 1, TestMachine.LENGTH)),
                    bench.central.repairs.redundancy(number(source)));
            assertEquals(0, bench.central.repairs.round());

            MovedPlacements moved = bench.central.custody.moved(source.id, 0, 10);
            assertEquals(pack.toString(), moved.packs().get(0).pack());
            assertEquals(
                    List.of(),
                    bench.central.custody.moved(source.id, moved.cursor(), 10).packs());

            bench.central.daemons.run(hosts.get(2));
            pass(HALF_AN_HOUR, hosts);
            bench.central.repairs.round();
            assertEquals(WANTED, holders(pack).size());
            bench.central.discards.sweep();
            assertEquals(
                    WANTED,
                    hosts.stream()
                            .filter(host ->
                                    bench.central.daemons.shelf(number(host)).contains(pack.toString()))
                            .count());
        }
    }

    @ParameterizedTest
    @EnumSource
    void drainedHostEndsEmptyAfterItsCopiesAreElsewhere(Databases kind) throws Exception {
        begin(kind, 4);
        try (Bench closed = bench) {
            List<FragmentId> packs = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                packs.add(pack("p" + i, hosts.get(i % 4), hosts.get((i + 1) % 4), hosts.get((i + 2) % 4)));
            }
            bench.commit(source, 1, null, packs, List.of());
            TestMachine leaving = hosts.get(0);
            Drain begun = closed.central.repairs.decide(number(leaving), true, "admin");
            assertTrue(begun.wanting() > 0 && begun.missing().isEmpty(), begun::toString);
            assertThrows(ProblemException.class, () -> bench.central.repairs.retire(number(leaving), "admin"));
            for (int i = 0;
                    i < 20 && bench.central.repairs.drain(number(leaving)).fragments() > 0;
                    i++) {
                pass(Duration.ofSeconds(20), hosts);
                bench.central.repairs.round();
                for (FragmentId pack : packs) {
                    assertTrue(holders(pack).size() >= WANTED, pack::toString);
                }
            }
            bench.central.discards.sweep();
            assertEquals(Set.of(), bench.central.daemons.shelf(number(leaving)));
            assertEquals(List.of(), bench.central.daemons.deleted);
            pass(Duration.ofDays(14), hosts);
            bench.central.discards.sweep();
            assertEquals(Set.of(), bench.central.daemons.trash(number(leaving)));
            bench.central.repairs.retire(number(leaving), "admin");
            assertFalse(bench.central.hosts.trustedDomains().containsKey(number(leaving)));
            for (FragmentId pack : packs) {
                assertEquals(WANTED, holders(pack).size());
            }
        }
    }

    /** A host whose owner lends this many fragments reports what it has. */
    private void report(TestMachine host, int lent) {
        bench.central.heartbeats.report(
                host.id, host.full((long) kept(host) * TestMachine.LENGTH, (long) lent * TestMachine.LENGTH));
    }

    private int kept(TestMachine host) {
        return bench.central.daemons.shelf(number(host)).size()
                + bench.central.daemons.trash(number(host)).size();
    }

    @ParameterizedTest
    @EnumSource
    void ownerGetsRoomBackAndNoPackLosesACopyForIt(Databases kind) throws Exception {
        begin(kind, 4);
        try (Bench closed = bench) {
            List<FragmentId> packs = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                packs.add(pack("p" + i, hosts.get(0), hosts.get(1), hosts.get(2)));
            }
            FragmentId everywhere = pack("everywhere", hosts.get(0), hosts.get(1), hosts.get(2));
            packs.add(everywhere);
            bench.commit(source, 1, null, packs, List.of());
            String receipt = hosts.get(3)
                    .receipt(source.id, everywhere, TestMachine.LENGTH, bench.clock.instant())
                    .receipt();
            bench.central.daemons.keep(hosts.get(3), everywhere);
            assertTrue(bench.central.custody.copied(
                    source.id,
                    new Placement(
                            everywhere.toString(),
                            "DATA",
                            TestMachine.LENGTH,
                            1,
                            WANTED,
                            List.of(new Held(0, receipt)))));
            TestMachine wanting = hosts.get(0);
            List<TestMachine> others = hosts.subList(1, 4);
            int lent = 6;

            report(wanting, lent);
            assertEquals(
                    4L * TestMachine.LENGTH,
                    closed.central.repairs.reclaim(number(wanting)).overBytes());
            for (int i = 0; i < 20 && kept(wanting) > lent; i++) {
                bench.central.repairs.round();
                bench.central.discards.sweep();
                for (FragmentId pack : packs) {
                    assertTrue(holders(pack).size() >= WANTED, pack::toString);
                }
                pass(Duration.ofSeconds(20), others);
                report(wanting, lent);
            }
            assertEquals(lent, kept(wanting), "no more goes than the owner wants");
            assertEquals(Set.of(), bench.central.daemons.trash(number(wanting)), "the trash does not wait");
            Reclaim done = bench.central.repairs.reclaim(number(wanting));
            assertEquals(0, done.overBytes());
            assertEquals(List.of(), done.stuck());
            for (FragmentId pack : packs) {
                assertEquals(WANTED, holders(pack).size());
            }
            assertFalse(bench.central.daemons.shelf(number(wanting)).contains(everywhere.toString()));
            assertEquals(0, bench.central.repairs.round());
            bench.central.discards.sweep();
            assertEquals(lent, kept(wanting));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHostThatHearsOfItFromCentralAloneIsAskedHourlyAndFromItsOwnerAtOnce(Databases kind) throws Exception {
        begin(kind, 4);
        try (Bench closed = bench) {
            List<FragmentId> packs = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                packs.add(pack("p" + i, hosts.get(0), hosts.get(1), hosts.get(2)));
            }
            bench.commit(source, 1, null, packs, List.of());
            packs.forEach(pack -> surplus(pack, hosts.get(3)));
            TestMachine slow = hosts.get(0);
            closed.central.daemons.slow.add(number(slow));
            bench.central.lendings.ask(number(slow), new LendingRequest(0L, null, null, null), "ann");

            report(slow, 0, 100);
            giveBack();
            assertEquals(5, kept(slow));
            Reclaim going = bench.central.repairs.reclaim(number(slow));
            assertEquals(6L * TestMachine.LENGTH / 14, going.bytesPerDay());
            assertNotNull(going.ends());
            report(slow, 0, 100);
            giveBack();
            assertEquals(1, bench.central.daemons.deletions);
            bench.clock.advance(Duration.ofMinutes(61));
            report(slow, 0, 100);
            giveBack();
            assertEquals(2, bench.central.daemons.deletions);

            report(slow, 0, 0);
            assertNull(bench.central.repairs.reclaim(number(slow)).bytesPerDay());
            giveBack();
            assertEquals(3, bench.central.daemons.deletions, "the owner's own word waits for nothing");
        }
    }

    private void giveBack() {
        bench.central.repairs.giveBack();
        bench.central.discards.giveBack();
    }

    private void report(TestMachine host, int lent, int own) {
        bench.central.heartbeats.report(
                host.id,
                host.lending(
                        (long) kept(host) * TestMachine.LENGTH,
                        (long) lent * TestMachine.LENGTH,
                        new LendingTerms(1, (long) own * TestMachine.LENGTH, 0)));
    }

    /** A copy at one more host than is wanted. */
    private void surplus(FragmentId pack, TestMachine host) {
        bench.central.daemons.keep(host, pack);
        Held held = host.receipt(source.id, pack, TestMachine.LENGTH, bench.clock.instant());
        assertTrue(bench.central.custody.copied(
                source.id,
                new Placement(
                        pack.toString(), "DATA", TestMachine.LENGTH, 1, WANTED, List.of(new Held(0, held.receipt())))));
    }

    @ParameterizedTest
    @EnumSource
    void whatHasCopiesEnoughGoesWithinAMinuteHoweverLongOthersAreCopied(Databases kind) throws Exception {
        begin(kind, 4);
        try (Bench closed = bench) {
            FragmentId few = TestMachine.pack("few");
            bench.hold(source, few, hosts.get(0), hosts.get(1));
            closed.central.daemons.keep(hosts.get(0), few);
            closed.central.daemons.keep(hosts.get(1), few);
            List<FragmentId> packs = new ArrayList<>(List.of(few));
            for (int i = 0; i < 5; i++) {
                packs.add(pack("p" + i, hosts.get(0), hosts.get(1), hosts.get(2)));
            }
            bench.commit(source, 1, null, packs, List.of());
            packs.subList(1, 6).forEach(pack -> surplus(pack, hosts.get(3)));
            List<Duration> took = new ArrayList<>();
            bench.central.daemons.meanwhile = () -> {
                Instant asked = bench.clock.instant();
                report(hosts.get(0), 1);
                while (kept(hosts.get(0)) > 1 && took.isEmpty()) {
                    bench.clock.advance(bench.central.settings.reclaimInterval());
                    bench.central.repairs.giveBack();
                    bench.central.discards.giveBack();
                    if (Duration.between(asked, bench.clock.instant()).toSeconds() > 60) {
                        break;
                    }
                }
                took.add(Duration.between(asked, bench.clock.instant()));
            };
            assertEquals(1, bench.central.repairs.round());
            assertEquals(List.of(bench.central.settings.reclaimInterval()), took);
            assertEquals(1, kept(hosts.get(0)));
            for (FragmentId pack : packs) {
                assertTrue(holders(pack).size() >= WANTED, pack::toString);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void roomThatCannotBeGivenBackStaysAndItIsSaidWhy(Databases kind) throws Exception {
        begin(kind, 3);
        try (Bench closed = bench) {
            FragmentId pack = pack("one", hosts.get(0), hosts.get(1), hosts.get(2));
            bench.commit(source, 1, null, List.of(pack), List.of());
            report(hosts.get(0), 0);
            for (int i = 0; i < 3; i++) {
                assertEquals(0, closed.central.repairs.round());
                bench.central.discards.sweep();
            }
            assertEquals(WANTED, holders(pack).size());
            Reclaim stuck = bench.central.repairs.reclaim(number(hosts.get(0)));
            assertEquals(TestMachine.LENGTH, stuck.overBytes());
            assertEquals(1, stuck.stuck().get(0).packs());
            assertTrue(stuck.stuck().get(0).reason().contains("1 more host"), stuck::toString);
            assertThrows(ProblemException.class, () -> bench.central.repairs.reclaim(99));
        }
    }

    @ParameterizedTest
    @EnumSource
    void copyThatItsHostDoesNotHaveIsLostAndMadeAgain(Databases kind) throws Exception {
        begin(kind, 4);
        try (Bench closed = bench) {
            FragmentId pack = TestMachine.pack("one");
            bench.hold(source, pack, hosts.get(0), hosts.get(1));
            closed.central.daemons.keep(hosts.get(1), pack);
            bench.commit(source, 1, null, List.of(pack), List.of());
            for (int i = 0; i < 8; i++) {
                pass(Duration.ofSeconds(20), hosts);
                bench.central.repairs.round();
            }
            assertEquals(WANTED, holders(pack).size());
            for (long holder : holders(pack)) {
                assertTrue(bench.central.daemons.shelf(holder).contains(pack.toString()));
            }
            assertEquals(
                    List.of(new CopyCount(3, WANTED, 1, TestMachine.LENGTH)),
                    bench.central.repairs.redundancy(number(source)));
        }
    }

    private long unsure() throws SQLException {
        try (Connection connection = bench.dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from pack where unsure > 0")) {
            row.next();
            return row.getLong(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void looksOnlyAtWhatChangedSinceItWasInOrder(Databases kind) throws Exception {
        begin(kind, 5);
        try (Bench closed = bench) {
            FragmentId one = pack("one", hosts.get(0), hosts.get(1), hosts.get(2));
            FragmentId two = pack("two", hosts.get(1), hosts.get(2), hosts.get(3));
            closed.commit(source, 1, null, List.of(one, two), List.of());
            assertEquals(2, unsure());
            bench.central.repairs.round();
            assertEquals(0, unsure());

            bench.central.daemons.stop(hosts.get(0));
            pass(Duration.ofDays(8), hosts.subList(1, 5));
            bench.central.repairs.plan();
            assertEquals(1, unsure(), "what the lost host keeps");
            assertEquals(1, bench.central.repairs.round());
            assertEquals(0, unsure());

            bench.central.daemons.run(hosts.get(0));
            pass(HALF_AN_HOUR, hosts);
            bench.central.repairs.round();
            assertEquals(0, unsure(), "one copy too many was put away");
            assertEquals(WANTED, holders(one).size());

            bench.central.custody.lost(number(source), two, number(hosts.get(1)));
            assertEquals(1, unsure());
            pass(Duration.ofSeconds(20), hosts);
            assertEquals(1, bench.central.repairs.round());
            assertEquals(0, unsure());
            bench.restart();
            pass(Duration.ofMinutes(2), hosts);
            bench.central.repairs.round();
            assertEquals(0, unsure(), "a start changes no copies");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDrainSaysHowFastItGoesWhenItEndsAndWhatCannotGo(Databases kind) throws Exception {
        begin(kind, 4);
        try (Bench closed = bench) {
            List<FragmentId> packs = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                packs.add(pack("p" + i, hosts.get(0), hosts.get(1), hosts.get(2)));
            }
            closed.commit(source, 1, null, packs, List.of());
            pack("of no snapshot", hosts.get(0), hosts.get(1), hosts.get(2));
            long leaving = number(hosts.get(0));
            Drain begun = bench.central.repairs.decide(leaving, true, "admin");
            assertNull(begun.bytesPerSecond());
            assertNull(begun.ends());
            assertEquals(81, begun.fragments());
            assertEquals(
                    List.of(1L),
                    begun.stuck().stream().map(RepairPlan.Shortage::packs).toList());
            assertTrue(begun.missing().get(0).startsWith("no snapshot names them yet"), begun::toString);

            bench.central.repairs.round();
            Drain first = bench.central.repairs.drain(leaving);
            pass(Duration.ofSeconds(20), hosts);
            bench.central.repairs.round();
            Drain second = bench.central.repairs.drain(leaving);
            assertTrue(second.fragments() < first.fragments(), second::toString);
            long rate = (first.bytes() - second.bytes()) / 20;
            assertEquals(rate, second.bytesPerSecond());
            assertEquals(
                    bench.clock.instant().plusSeconds(second.bytes() / rate + 1).getEpochSecond(),
                    java.time.Instant.parse(second.ends()).getEpochSecond());

            bench.central.daemons.stop(hosts.get(3));
            pass(Duration.ofMinutes(2), hosts.subList(0, 3));
            Drain alone = bench.central.repairs.drain(leaving);
            assertEquals(2, alone.stuck().size());
            assertEquals(alone.wanting(), alone.stuck().get(0).packs(), alone::toString);
            assertTrue(alone.missing().get(0).contains("1 more host outside"), alone::toString);
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatIsMissingWhenThereAreTooFewHosts(Databases kind) throws Exception {
        begin(kind, 2);
        try (Bench closed = bench) {
            FragmentId pack = pack("one", hosts.get(0), hosts.get(1));
            bench.commit(source, 1, null, List.of(pack), List.of());
            RepairPlan plan = closed.central.repairs.plan();
            assertEquals(List.of(), plan.orders());
            assertEquals(1, plan.shortages().get(0).packs());
            assertTrue(plan.shortages().get(0).reason().contains("1 more host outside"), plan::toString);
        }
    }
}
