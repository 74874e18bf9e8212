package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cranny.central.alert.Alert;
import org.cranny.central.alert.AlertKind;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.heartbeat.Continuity;
import org.cranny.protocol.heartbeat.Heartbeat;
import org.cranny.protocol.masterfile.Host.State;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.snapshot.Placement;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Daemons that were copied, or whose disk was set back, are noticed; those that crash are not taken for such. */
class SetAsideTest {
    private static final int EVERY_SECONDS = 5;

    @TempDir
    Path folder;

    private Bench bench;
    private TestMachine host;

    /** A daemon as far as reports show it: what is on its disk, and what is in its memory. */
    private static final class Daemon {
        private static final Random RANDOM = new Random(7);
        private long boots = 1;
        private String given;
        private List<String> told = new ArrayList<>();
        private List<String> arrived = new ArrayList<>();
        private String present;

        /** The same disk in another machine, or the same again as it is now. */
        Daemon image() {
            Daemon image = new Daemon();
            image.boots = boots;
            image.given = given;
            image.told = new ArrayList<>(told);
            return image;
        }

        /** Disk and memory, as a virtual machine is copied while it runs. */
        Daemon running() {
            Daemon twin = image();
            twin.arrived = new ArrayList<>(arrived);
            twin.present = present;
            return twin;
        }

        /** It was killed or switched off, and starts. */
        Daemon restarted() {
            Daemon next = image();
            next.boots++;
            return next;
        }

        void receipt() {
            given = "%064x".formatted(RANDOM.nextLong() & Long.MAX_VALUE);
        }

        Heartbeat report(TestMachine host) {
            if (present == null) {
                present = "%016x".formatted(RANDOM.nextLong());
            }
            if (given != null && (told.isEmpty() || !told.get(told.size() - 1).equals(given))) {
                told.add(given);
            }
            List<String> reports = new ArrayList<>(arrived);
            reports.add(present);
            Heartbeat plain = host.heartbeat(boots, TestMachine.GIB);
            return new Heartbeat(
                    boots,
                    plain.version(),
                    null,
                    plain.capacity(),
                    given,
                    Map.of(),
                    List.of(),
                    null,
                    null,
                    new Continuity(last(reports), last(told)));
        }

        void answered(Heartbeat report) {
            arrived = new ArrayList<>(report.continuity().reports());
            present = null;
        }

        private static List<String> last(List<String> all) {
            return List.copyOf(all.subList(Math.max(0, all.size() - Continuity.MOST), all.size()));
        }
    }

    private void begin(Databases kind) throws Exception {
        bench = new Bench(kind, folder);
        host = bench.host("h1");
        bench.central.daemons.run(host);
    }

    /** Central hears it and the daemon hears the answer. */
    private State report(Daemon daemon) {
        Heartbeat report = daemon.report(host);
        State state = lost(report);
        daemon.answered(report);
        return state;
    }

    /** Central hears it, and the answer is lost. */
    private State lost(Heartbeat report) {
        bench.clock.advance(Duration.ofSeconds(EVERY_SECONDS));
        bench.central.heartbeats.report(host.id, report);
        return bench.state(host);
    }

    private String why() {
        return bench.status(host).setAside().why();
    }

    @ParameterizedTest
    @EnumSource
    void aDaemonThatIsKilledAtAnyMomentIsNotTakenForACopy(Databases kind) throws Exception {
        begin(kind);
        try (Bench closed = bench) {
            Daemon daemon = new Daemon();
            Random random = new Random(1);
            for (int i = 0; i < 300; i++) {
                if (random.nextInt(2) == 0) {
                    daemon.receipt();
                }
                switch (random.nextInt(5)) {
                    case 0 -> daemon = daemon.restarted();
                    case 1 -> {
                        daemon.report(host);
                        daemon = daemon.restarted();
                    }
                    case 2 -> {
                        assertEquals(State.ACCEPTING, lost(daemon.report(host)), "the answer is lost, " + i);
                        daemon = random.nextBoolean() ? daemon.restarted() : daemon;
                    }
                    case 3 -> {
                        Heartbeat slow = daemon.report(host);
                        assertEquals(State.ACCEPTING, report(daemon), "told again, " + i);
                        assertEquals(State.ACCEPTING, report(daemon), "and once more, " + i);
                        assertEquals(State.ACCEPTING, lost(slow), "then the first one comes late, " + i);
                    }
                    default -> assertEquals(State.ACCEPTING, report(daemon), "as usual, " + i);
                }
                if (i % 100 == 50) {
                    closed.restart();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoThatRunFromOneCopyAreNoticedWithTheNextReportsThoughNothingHappens(Databases kind) throws Exception {
        begin(kind);
        try (Bench closed = bench) {
            Daemon first = new Daemon();
            report(first);
            Daemon twin = first.running();
            assertEquals(State.ACCEPTING, report(first));
            assertEquals(State.QUARANTINED, report(twin));
            assertTrue(why().contains("two daemons"), why());
            assertEquals(
                    1,
                    closed.central.log.newest(50).stream()
                            .filter(line -> line.action().equals("quarantine"))
                            .count());
            report(first);
            report(twin);
            assertEquals(
                    1,
                    closed.central.log.newest(50).stream()
                            .filter(line -> line.action().equals("quarantine"))
                            .count(),
                    "it is said once");
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoThatStartFromOneDiskAreNoticed(Databases kind) throws Exception {
        begin(kind);
        try (Bench closed = bench) {
            Daemon stopped = new Daemon();
            report(stopped);
            Daemon here = stopped.restarted();
            Daemon there = stopped.restarted();
            assertEquals(State.ACCEPTING, report(here));
            assertEquals(State.QUARANTINED, report(there));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDiskThatWasSetBackIsNoticedHoweverOftenItsDaemonWasStarted(Databases kind) throws Exception {
        begin(kind);
        try (Bench closed = bench) {
            Daemon daemon = new Daemon();
            daemon.receipt();
            report(daemon);
            Daemon image = daemon.image();
            daemon.receipt();
            assertEquals(State.ACCEPTING, report(daemon));
            closed.restart();
            for (int i = 0; i < 9; i++) {
                image = image.restarted();
            }
            assertEquals(State.QUARANTINED, report(image));
            assertTrue(why().contains("receipt"), why());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAlertSaysWhyUntilSomebodyLetsItTakeFragmentsAgain(Databases kind) throws Exception {
        begin(kind);
        try (Bench closed = bench) {
            Daemon daemon = new Daemon();
            report(daemon);
            report(daemon.restarted());
            assertEquals(State.QUARANTINED, report(daemon));
            closed.central.alerts.look();
            Alert alert = closed.central.alerts.list(null, null, 10).stream()
                    .filter(each -> each.kind() == AlertKind.HOST_SET_ASIDE)
                    .findFirst()
                    .orElseThrow();
            assertTrue(alert.detail().contains("fewer starts"), alert::toString);
            assertEquals(
                    alert.detail(),
                    closed.central.reliability.of(host.id.number()).setAside().why());
            closed.central.repairs.decide(host.id.number(), false, "anna");
            assertEquals(State.ACCEPTING, report(daemon));
            assertNull(closed.status(host).setAside());
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofAHostThatIsLetInAgainOnlyWhatItStillHasCounts(Databases kind) throws Exception {
        begin(kind);
        try (Bench closed = bench) {
            TestMachine source = closed.source("ws");
            TestMachine another = closed.source("ws2");
            TestMachine other = closed.host("h2");
            for (int i = 0; i < 7; i++) {
                FragmentId pack = TestMachine.pack("p" + i);
                closed.hold(i < 5 ? source : another, pack, host, other);
                if (i % 2 == 0) {
                    closed.central.daemons.keep(host, pack);
                }
            }
            Daemon daemon = new Daemon();
            report(daemon);
            report(daemon.restarted());
            assertEquals(State.QUARANTINED, report(daemon));

            closed.central.daemons.stop(host);
            Bench.refused(
                    ProblemKind.BAD_REQUEST, () -> closed.central.repairs.decide(host.id.number(), false, "anna"));
            assertEquals(State.QUARANTINED, closed.state(host), "nobody knows what it has");

            closed.central.daemons.run(host);
            closed.central.repairs.decide(host.id.number(), false, "anna");
            assertEquals(State.ACCEPTING, report(daemon));
            assertEquals(Set.of("p0", "p2", "p4"), twice(source, 5));
            assertEquals(Set.of("p6"), twice(another, 7));
            assertEquals(
                    "3 copies are not there and count no more",
                    closed.central.log.newest(10).stream()
                            .filter(line -> line.action().equals("inventory"))
                            .findFirst()
                            .orElseThrow()
                            .detail());
        }
    }

    /** Packs of which two copies count. */
    private Set<String> twice(TestMachine source, int count) {
        List<String> packs = bench.central.custody.page(source.id, null, 100).packs().stream()
                .filter(placement -> placement.fragments().size() == 2)
                .map(Placement::pack)
                .toList();
        return IntStream.range(0, count)
                .mapToObj(i -> "p" + i)
                .filter(name -> packs.contains(TestMachine.pack(name).toString()))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @EnumSource
    void refusesNamesOfReportsThatNoDaemonMakes(Databases kind) throws Exception {
        begin(kind);
        try (Bench closed = bench) {
            Heartbeat good = new Daemon().report(host);
            for (Continuity wrong : List.of(
                    new Continuity(null, null),
                    new Continuity(List.of(), null),
                    new Continuity(List.of("x"), null),
                    new Continuity(List.of("0".repeat(16)), List.of("1")),
                    new Continuity(java.util.Collections.nCopies(9, "0".repeat(16)), null))) {
                Heartbeat report =
                        new Heartbeat(1, "1", null, good.capacity(), null, Map.of(), List.of(), null, null, wrong);
                Bench.refused(ProblemKind.BAD_REQUEST, () -> closed.central.heartbeats.report(host.id, report));
            }
        }
    }
}
