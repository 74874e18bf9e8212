package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.cranny.central.reliability.HostReliability;
import org.cranny.central.reliability.Lookout;
import org.cranny.central.system.HostStatus;
import org.cranny.engine.placement.Placement;
import org.cranny.protocol.heartbeat.HeartbeatAnswer;
import org.cranny.protocol.heartbeat.Looks;
import org.cranny.protocol.heartbeat.Peer;
import org.cranny.protocol.heartbeat.Seen;
import org.cranny.protocol.heartbeat.Seen.Outcome;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReliabilityTest {
    private static final Map<String, String> EVERY_FIVE_MINUTES = Map.of("cranny.heartbeat.interval-seconds", "300");
    private static final int SLOTS_AN_HOUR = 12;

    @TempDir
    Path folder;

    private Bench bench;
    private final List<TestMachine> hosts = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void hostThatIsThereHalfOfTheTimeIsRatedLowerWithinTenHoursAndGetsFewerPacks(Databases kind) throws Exception {
        try (Bench made = bench(kind, 6)) {
            long flaky = hosts.get(5).id.number();
            int[] slot = {0};
            BiPredicate<Long, Long> reaches =
                    (observer, subject) -> subject != flaky || slot[0] / (SLOTS_AN_HOUR / 2) % 2 == 0;
            for (slot[0] = 0; slot[0] < 10 * SLOTS_AN_HOUR; slot[0]++) {
                pass(reaches, host -> host != flaky || reaches.test(0L, flaky));
            }
            double rating = made.status(hosts.get(5)).rating();
            assertTrue(rating >= 0.5 && rating <= 0.75, () -> "rated " + rating);
            for (int i = 0; i < 5; i++) {
                assertTrue(made.status(hosts.get(i)).rating() >= 0.95, "others are rated as they deserve");
            }
            double share = packsComparedWithOthers(flaky);
            assertTrue(share < 0.85, () -> "it gets " + share + " of what others get");
        }
    }

    @ParameterizedTest
    @EnumSource
    void hostThatCentralReachesButHalfOfItsPeersDoNotLosesRating(Databases kind) throws Exception {
        try (Bench made = bench(kind, 7)) {
            long shunned = hosts.get(6).id.number();
            Set<Long> deaf = Set.of(
                    hosts.get(0).id.number(),
                    hosts.get(1).id.number(),
                    hosts.get(2).id.number());
            for (int slot = 0; slot < 10 * SLOTS_AN_HOUR; slot++) {
                pass((observer, subject) -> subject != shunned || !deaf.contains(observer), host -> true);
            }
            double rating = made.status(hosts.get(6)).rating();
            assertTrue(rating >= 0.7 && rating <= 0.85, () -> "rated " + rating);
            assertEquals(Host.State.ACCEPTING, made.state(hosts.get(6)));
            HostReliability known = made.central.reliability.of(shunned);
            assertEquals(1.0, known.central().share());
            assertTrue(Math.abs(known.peers().share() - 0.5) < 0.01, () -> "" + known.peers());
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneLyingObserverCondemnsNobody(Databases kind) throws Exception {
        try (Bench made = bench(kind, 6)) {
            long liar = hosts.get(0).id.number();
            long victim = hosts.get(5).id.number();
            for (int slot = 0; slot < 10 * SLOTS_AN_HOUR; slot++) {
                pass((observer, subject) -> observer != liar || subject != victim, host -> true);
                made.clock.advance(Duration.ofSeconds(1));
                Seen lie = seen(victim, false);
                made.central.heartbeats.report(
                        hosts.get(0).id,
                        hosts.get(0)
                                .heartbeat(
                                        TestMachine.GIB,
                                        IntStream.range(0, 500)
                                                .mapToObj(any -> lie)
                                                .toArray(Seen[]::new)));
            }
            double rating = made.status(hosts.get(5)).rating();
            assertTrue(rating >= 0.85, () -> "rated " + rating);
        }
    }

    @ParameterizedTest
    @EnumSource
    void observerThatReachesNobodyIsSetAside(Databases kind) throws Exception {
        try (Bench made = bench(kind, 5)) {
            long cutOff = hosts.get(0).id.number();
            for (int slot = 0; slot < 10 * SLOTS_AN_HOUR; slot++) {
                pass((observer, subject) -> observer != cutOff, host -> true);
            }
            for (int i = 1; i < 5; i++) {
                assertTrue(made.status(hosts.get(i)).rating() >= 0.95);
                assertEquals(
                        1.0,
                        made.central
                                .reliability
                                .of(hosts.get(i).id.number())
                                .peers()
                                .share());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void looksFromTheTimeWhenCentralWasAwayCountAndCentralsAbsenceDoesNot(Databases kind) throws Exception {
        try (Bench made = bench(kind, 4)) {
            long gone = hosts.get(3).id.number();
            List<Seen> journal = new ArrayList<>();
            for (int slot = 0; slot < 10 * SLOTS_AN_HOUR; slot++) {
                made.clock.advance(Duration.ofMinutes(5));
                journal.add(seen(gone, false));
                journal.add(seen(hosts.get(2).id.number(), true));
            }
            made.restart();
            for (int i = 0; i < 2; i++) {
                made.central.heartbeats.report(
                        hosts.get(i).id, hosts.get(i).heartbeat(TestMachine.GIB, journal.toArray(Seen[]::new)));
            }
            made.clock.advance(Duration.ofSeconds(600));
            made.central.reliability.weigh();
            assertTrue(made.status(hosts.get(3)).rating() < 0.5);
            assertTrue(made.status(hosts.get(2)).rating() >= 0.9);
            assertTrue(made.status(hosts.get(0)).rating() >= 0.9);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLookIsCountedOnceAndStrangeOnesNever(Databases kind) throws Exception {
        try (Bench made = bench(kind, 2)) {
            long number = hosts.get(1).id.number();
            long now = made.clock.instant().getEpochSecond();
            Seen[] seen = {
                new Seen(number, now - 400, Outcome.REACHED, 5),
                new Seen(number, now - 1, Outcome.TIMED_OUT, 0),
                new Seen(hosts.get(0).id.number(), now, Outcome.REACHED, 1),
                new Seen(0, now, Outcome.REACHED, 1),
                new Seen(4_711, now, Outcome.REACHED, 1),
                new Seen(number, now + 100_000, Outcome.REFUSED, 0)
            };
            made.central.heartbeats.report(hosts.get(0).id, hosts.get(0).heartbeat(TestMachine.GIB, seen));
            made.central.heartbeats.report(hosts.get(0).id, hosts.get(0).heartbeat(TestMachine.GIB, seen));
            List<HostReliability.Look> looks =
                    made.central.reliability.of(number).looks();
            assertEquals(
                    List.of("TIMED_OUT", "REACHED"),
                    looks.stream().map(HostReliability.Look::outcome).toList());
            assertEquals("h0", looks.get(0).name());
            Bench.refused(
                    ProblemKind.BAD_REQUEST,
                    () -> made.central.heartbeats.report(
                            hosts.get(0).id, hosts.get(0).heartbeat(TestMachine.GIB, new Seen(number, now, null, 1))));
            Bench.refused(ProblemKind.NOT_FOUND, () -> made.central.reliability.of(4_711));
        }
    }

    @ParameterizedTest
    @EnumSource
    void trackRecordsOutliveARestart(Databases kind) throws Exception {
        try (Bench made = bench(kind, 3)) {
            long off = hosts.get(2).id.number();
            for (int slot = 0; slot < 6 * SLOTS_AN_HOUR; slot++) {
                pass((observer, subject) -> subject != off, host -> host != off);
            }
            made.central.reliability.keep();
            HostReliability before = made.central.reliability.of(off);
            assertTrue(before.rating() < 0.6);
            made.restart();
            HostReliability after = made.central.reliability.of(off);
            assertEquals(before.rating(), after.rating(), 0.002);
            assertEquals(before.published(), after.published());
            assertEquals(before.profile(), after.profile());
            assertEquals(before.peers().share(), after.peers().share());
        }
    }

    @ParameterizedTest
    @EnumSource(names = "H2")
    void machineThatIsOffAtNightAndAtWeekendsKeepsOfficeHours(Databases kind) throws Exception {
        Map<String, String> hourly =
                Map.of("cranny.heartbeat.interval-seconds", "300", "cranny.reliability.slot-seconds", "3600");
        try (Bench made = bench(kind, 3, hourly)) {
            long desktop = hosts.get(2).id.number();
            for (int hour = 0; hour < 2 * 168; hour++) {
                long second = made.clock.instant().getEpochSecond();
                long hourOfWeek = Math.floorMod(second / 3_600 + 72, 168L);
                boolean on = hourOfWeek / 24 < 5 && hourOfWeek % 24 >= 8 && hourOfWeek % 24 < 18;
                pass((observer, subject) -> subject != desktop || on, host -> host != desktop || on);
                made.clock.advance(Duration.ofMinutes(55));
            }
            assertEquals("office", made.status(hosts.get(2)).availability());
            assertEquals("always", made.status(hosts.get(0)).availability());
        }
    }

    @ParameterizedTest
    @EnumSource
    void hostThatNobodyCanReachIsMarkedAndComesBackWhenSomebodyCan(Databases kind) throws Exception {
        try (Bench made = bench(kind, 3)) {
            passes(2, (observer, subject) -> true);
            TestMachine hidden = new TestMachine("hidden");
            hidden.joined(made.central, hidden.enrollment(made.token(1, "host"), "host"));
            hosts.add(hidden);
            long number = hidden.id.number();
            made.central.heartbeats.report(hidden.id, hidden.heartbeat(10 * TestMachine.GIB));
            assertEquals(Host.State.ACCEPTING, made.state(hidden));
            HeartbeatAnswer asked =
                    made.central.heartbeats.report(hosts.get(0).id, hosts.get(0).heartbeat(TestMachine.GIB));
            assertEquals(number, asked.probe().get(0).system(), "the newcomer is looked at first");
            passes(3, (observer, subject) -> subject != number);
            assertEquals(Host.State.UNREACHABLE, made.state(hidden));
            String reason = made.status(hidden).unreachable();
            assertTrue(reason.contains("central timed out") && reason.contains("firewall"), reason);
            assertTrue(made.central.masterFiles.refresh("x").lines().get(number).contains("\"state\":\"UNREACHABLE\""));
            made.restart();
            passes(1, (observer, subject) -> subject != number);
            assertEquals(Host.State.UNREACHABLE, made.state(hidden), "a restart of central opens no firewall");
            passes(3, (observer, subject) -> true);
            assertEquals(Host.State.ACCEPTING, made.state(hidden));
            assertNull(made.status(hidden).unreachable());
        }
    }

    @ParameterizedTest
    @EnumSource
    void hostThatIsOffIsSilentAndNotUnreachable(Databases kind) throws Exception {
        try (Bench made = bench(kind, 4)) {
            long off = hosts.get(3).id.number();
            passes(3, (observer, subject) -> true);
            for (int slot = 0; slot < 6; slot++) {
                pass((observer, subject) -> subject != off, host -> host != off);
            }
            made.central.masterFiles.refresh("timer");
            assertEquals(Host.State.SUSPECT, made.state(hosts.get(3)));
            made.central.heartbeats.report(hosts.get(3).id, hosts.get(3).heartbeat(2, TestMachine.GIB));
            assertEquals(Host.State.ACCEPTING, made.state(hosts.get(3)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void monitorAloneReportsAndIsNoHost(Databases kind) throws Exception {
        try (Bench made = bench(kind, 3)) {
            TestMachine monitor = new TestMachine("watch");
            monitor.joined(made.central, monitor.enrollment(made.token(1, "monitor"), "monitor"));
            assertTrue(
                    made.central.systems.find(monitor.id.number()).orElseThrow().isMonitor());
            assertEquals(3, made.central.hosts.all().size());
            HeartbeatAnswer answer = made.central.heartbeats.report(monitor.id, new Looks("0.1.0", List.of()));
            Set<Long> peers =
                    new TreeSet<>(answer.probe().stream().map(Peer::system).toList());
            assertEquals(3, peers.size());
            long number = hosts.get(0).id.number();
            made.central.heartbeats.report(monitor.id, new Looks("0.1.0", List.of(seen(number, false))));
            made.central.heartbeats.report(monitor.id, new Looks("0.1.0", List.of(seen(number, false))));
            assertEquals(1, made.central.reliability.of(number).looks().size());
            assertEquals(
                    "watch", made.central.reliability.of(number).looks().get(0).name());
            TestMachine greedy = new TestMachine("greedy");
            Bench.refused(
                    ProblemKind.BAD_REQUEST,
                    () -> greedy.joined(made.central, greedy.enrollment(made.token(1, "monitor"), "host")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void noiseMakesNoNewMasterFile(Databases kind) throws Exception {
        try (Bench made = bench(kind, 5)) {
            passes(24 * SLOTS_AN_HOUR / 4, (observer, subject) -> true);
            long before = made.central.masterFiles.refresh("before").version();
            Random random = new Random(3);
            for (int slot = 0; slot < 4 * SLOTS_AN_HOUR; slot++) {
                pass((observer, subject) -> random.nextDouble() < 0.97, host -> true);
            }
            assertEquals(before, made.central.masterFiles.refresh("after").version());
        }
    }

    private Bench bench(Databases kind, int count) throws Exception {
        return bench(kind, count, EVERY_FIVE_MINUTES);
    }

    private Bench bench(Databases kind, int count, Map<String, String> settings) throws Exception {
        bench = new Bench(kind, folder, settings);
        for (int i = 0; i < count; i++) {
            hosts.add(bench.host("h" + i));
        }
        assertFalse(bench.central.hosts.all().isEmpty());
        return bench;
    }

    private void passes(int slots, BiPredicate<Long, Long> reaches) {
        for (int slot = 0; slot < slots; slot++) {
            pass(reaches, host -> true);
        }
    }

    /** Five minutes in which all that are on look at all others and report, and central looks too. */
    private void pass(BiPredicate<Long, Long> reaches, java.util.function.LongPredicate on) {
        bench.clock.advance(Duration.ofMinutes(5));
        new Lookout(
                        bench.central.reliability,
                        bench.central.roster,
                        bench.central.authority,
                        bench.central.settings,
                        bench.clock,
                        Runnable::run,
                        host -> reaches.test(1L, host.number()) ? Outcome.REACHED : Outcome.TIMED_OUT)
                .look();
        for (TestMachine host : hosts) {
            long self = host.id.number();
            if (on.test(self)) {
                Seen[] seen = hosts.stream()
                        .filter(other -> other != host)
                        .map(other -> seen(other.id.number(), reaches.test(self, other.id.number())))
                        .toArray(Seen[]::new);
                bench.central.heartbeats.report(host.id, host.heartbeat(10 * TestMachine.GIB, seen));
            }
        }
        bench.central.reliability.weigh();
    }

    private Seen seen(long system, boolean reached) {
        return new Seen(
                system, bench.clock.instant().getEpochSecond(), reached ? Outcome.REACHED : Outcome.TIMED_OUT, 3);
    }

    private double packsComparedWithOthers(long number) throws Exception {
        List<Host> listed =
                bench.central.hosts.all().stream().map(ReliabilityTest::line).toList();
        Placement placement = new Placement(listed, 99, new Random(5));
        Map<Long, Integer> packs = new java.util.HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            placement.pick(2, 1 << 16, List.of()).forEach(host -> packs.merge(host.id(), 1, Integer::sum));
        }
        double others = packs.entrySet().stream()
                .filter(entry -> entry.getKey() != number)
                .mapToInt(Map.Entry::getValue)
                .average()
                .orElseThrow();
        return packs.get(number) / others;
    }

    private static Host line(HostStatus host) {
        return new Host(
                host.number(),
                host.name(),
                host.address(),
                host.freeBytes(),
                host.quotaBytes(),
                host.rating(),
                host.availability(),
                host.domain(),
                Host.State.ACCEPTING);
    }
}
