package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.cranny.cluster.Await;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A network that loses packets, falls apart, is late or breaks connections off loses no snapshot and holds nobody up for ever. */
@LongForm
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "networks need root")
class PartitionIT {
    private static final int HOSTS = 3;
    private static final long MIB = 1 << 20;
    private static final long LARGE = 96 * MIB;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** A request that sends a pack may take two minutes, and more hosts are asked. */
    private static final Duration LONG = Duration.ofMinutes(15);

    private static final Duration APART = Duration.ofSeconds(20);

    private static OfficeNetwork network;
    private static Realm realm;
    private static OfficeNetwork.Seat seat;
    private static Path folder;
    private static final List<OfficeNetwork.Seat> SEATS = new ArrayList<>();
    private static final List<ExtraDaemon> DAEMONS = new ArrayList<>();

    private Cranny source;
    private Path tree;
    private BadLine line;

    @BeforeAll
    static void build() throws IOException {
        network = OfficeNetwork.make(Realm.PORT_BASE / 1000 + 100);
        realm = new Realm(network.address(), Realm.PORT_BASE + 500, 0);
        realm.makeWhole();
        folder = realm.emptyFolder("office");
        Claims.done(Command.run(
                realm.repository(),
                List.of(realm.repository().resolve("bin/cranny-daemon").toString(), "prepare"),
                Map.of()));
        for (int host = 1; host <= HOSTS; host++) {
            OfficeNetwork.Seat one = network.seat();
            network.cutsUp(one);
            SEATS.add(one);
            DAEMONS.add(ExtraDaemon.start(realm, "host-" + host, home(host), one, port(host), "--keep-free", "1G"));
        }
        seat = network.seat();
        network.cutsUp(seat);
    }

    @AfterAll
    static void leave() {
        DAEMONS.forEach(ExtraDaemon::close);
        DAEMONS.clear();
        SEATS.clear();
        realm.close();
        network.close();
    }

    private static Path home(int host) {
        return folder.resolve("host-" + host);
    }

    private static int port(int host) {
        return Realm.PORT_BASE + 600 + host;
    }

    @BeforeEach
    void begin() throws IOException {
        source = realm.source();
        tree = Contents.tree(realm.emptyFolder("tree"), 20, 1);
        line = new BadLine(network, realm.emptyFolder("rules"));
        for (int host = 1; host <= HOSTS; host++) {
            realm.awaitState("host-" + host, "ACCEPTING");
        }
    }

    @AfterEach
    void end() {
        line.close();
        BadLine.divertNothing(seat);
    }

    @Test
    void aTenthOfAllPacketsMayBeLost() throws Exception {
        noise(10 * MIB);
        line.loses(10);
        long from = System.nanoTime();
        Claims.done(run("backup", tree.toString()));
        long backup = seconds(from);
        Path target = realm.emptyFolder("restored");
        Claims.done(run("restore", "latest", "--target", target.toString()));
        say("10 %% lost: backup %d s, both %d s, %d packets lost", backup, seconds(from), line.heals());
        Claims.restoredEqual(tree, target);
        isWholeAfterwards();
    }

    @Test
    void withAThirdOfAllPacketsLostThingsAreRightOrSaidInOneLine() throws Exception {
        Claims.done(run("backup", tree.toString()));
        line.loses(30);
        for (int i = 0; i < 3; i++) {
            Contents.noise(tree.resolve("more"), 100_000, i);
            long from = System.nanoTime();
            Command.Outcome backup = run("backup", tree.toString());
            long took = seconds(from);
            isDoneOrSaysWhatIsWrong(backup);
            Path target = realm.emptyFolder("restored");
            Command.Outcome restore = run("restore", "latest", "--target", target.toString());
            isDoneOrSaysWhatIsWrong(restore);
            say(
                    "30 %% lost: backup exit %d after %d s, restore exit %d, both %d s: %s",
                    backup.exit(), took, restore.exit(), seconds(from), (backup.errors() + restore.errors()).strip());
            if (backup.exit() == 0 && restore.exit() == 0) {
                Claims.restoredEqual(tree, target);
            }
        }
        say("30 %% lost: %d packets", line.heals());
        isWholeAfterwards();
    }

    /** Who does not reach whom. */
    enum Gap {
        SOURCE_AND_HOST {
            @Override
            void opens(BadLine line) throws IOException {
                line.parts(seat.address(), SEATS.get(0).address());
            }
        },
        SOURCE_AND_ALL_HOSTS {
            @Override
            void opens(BadLine line) throws IOException {
                for (OfficeNetwork.Seat host : SEATS) {
                    line.parts(seat.address(), host.address());
                }
            }
        },
        SOURCE_AND_CENTRAL {
            @Override
            void opens(BadLine line) throws IOException {
                line.parts(seat.address(), network.address());
            }
        },
        HOST_AND_CENTRAL {
            @Override
            void opens(BadLine line) throws IOException {
                line.parts(SEATS.get(0).address(), network.address());
            }
        };

        abstract void opens(BadLine line) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void aGapInTheMiddleOfABackupThatClosesAgainCostsTimeAndNothingElse(Gap gap) throws Exception {
        noise(LARGE);
        long before = kept();
        long from = System.nanoTime();
        Background backup = start("backup", tree.toString());
        Await.until("some of it is sent", PATIENCE, () -> kept() - before > LARGE / 4);
        gap.opens(line);
        passes(APART);
        line.heals();
        Command.Outcome outcome = backup.end(PATIENCE);
        say(
                "%s for %d s: backup exit %d after %d s: %s",
                gap,
                APART.toSeconds(),
                outcome.exit(),
                seconds(from),
                outcome.errors().strip());
        if (gap == Gap.SOURCE_AND_ALL_HOSTS) {
            isDoneOrSaysWhatIsWrong(outcome);
        } else {
            Claims.done(outcome);
        }
        isWholeAfterwards();
    }

    @Test
    void aHostThatIsNeverReachedAgainHoldsABackupUpForMinutesAtMost() throws Exception {
        noise(LARGE);
        long before = kept();
        long from = System.nanoTime();
        Background backup = start("backup", tree.toString());
        Await.until("some of it is sent", PATIENCE, () -> kept() - before > LARGE / 4);
        Gap.SOURCE_AND_HOST.opens(line);
        Claims.done(backup.end(PATIENCE));
        say("a host away for good: backup %d s", seconds(from));
        line.heals();
        isWholeAfterwards();
    }

    @Test
    void aHostThatFallsSilentInTheMiddleOfARestoreIsNotWaitedFor() throws Exception {
        noise(LARGE);
        Claims.done(run("backup", tree.toString()));
        try (Middleman one = middleman(1);
                Middleman other = middleman(2)) {
            Path target = realm.emptyFolder("restored");
            long from = System.nanoTime();
            Background restore = start("restore", "latest", "--target", target.toString());
            Await.until("some of it comes", PATIENCE, () -> one.passed() > MIB || other.passed() > MIB);
            Middleman silent = one.passed() > MIB ? one : other;
            silent.fallsSilent();
            Command.Outcome outcome = restore.end(PATIENCE);
            say(
                    "a host falls silent: restore exit %d after %d s: %s",
                    outcome.exit(), seconds(from), outcome.errors().strip());
            Claims.done(outcome);
            Claims.restoredEqual(tree, target);
        }
    }

    @Test
    void connectionsThatAreResetInTheMiddleAreMadeAgain() throws Exception {
        noise(LARGE);
        try (Middleman one = middleman(1);
                Middleman other = middleman(2)) {
            one.resets(4, MIB);
            other.resets(1, 3 * MIB);
            Claims.done(run("backup", tree.toString()));
            int before = one.resets() + other.resets();
            one.resets(1, MIB);
            other.resets(1, 2 * MIB);
            Path target = realm.emptyFolder("restored");
            Command.Outcome outcome = run("restore", "latest", "--target", target.toString());
            say("%d resets of a backup, %d of a restore", before, one.resets() + other.resets() - before);
            Claims.done(outcome);
            Claims.restoredEqual(tree, target);
        }
        isWholeAfterwards();
    }

    @Test
    void centralThatBreaksOffIsAskedAgain() throws Exception {
        int central = Realm.PORT_BASE + 500 + 82;
        try (Middleman middleman =
                Middleman.before(new InetSocketAddress(network.address(), central), network.address())) {
            BadLine.divert(seat, network.address(), central, network.address(), middleman.port(), folder);
            middleman.resets(3, 2_000);
            Command.Outcome outcome = run("backup", tree.toString());
            say(
                    "central breaks off %d times: backup exit %d: %s",
                    middleman.resets(), outcome.exit(), outcome.errors().strip());
            isDoneOrSaysWhatIsWrong(outcome);
        }
        isWholeAfterwards();
    }

    @Test
    void allThatComesLateIsRight() throws Exception {
        noise(LARGE / 4);
        try (Middleman one = middleman(1);
                Middleman other = middleman(2)) {
            one.isLate(25);
            other.isLate(5);
            long from = System.nanoTime();
            Claims.done(run("backup", tree.toString()));
            long backup = seconds(from);
            Path target = realm.emptyFolder("restored");
            Claims.done(run("restore", "latest", "--target", target.toString()));
            say("late: backup %d s, both %d s", backup, seconds(from));
            Claims.restoredEqual(tree, target);
        }
        isWholeAfterwards();
    }

    private void noise(long length) {
        Contents.noise(tree.resolve("noise"), length, source.home().hashCode());
    }

    private static Middleman middleman(int host) throws IOException {
        String address = SEATS.get(host - 1).address();
        Middleman middleman = Middleman.before(new InetSocketAddress(address, port(host)), network.address());
        BadLine.divert(seat, address, port(host), network.address(), middleman.port(), folder);
        return middleman;
    }

    /** On a good line the next run goes on, everything comes back, and nothing half done is left. */
    private void isWholeAfterwards() throws IOException {
        BadLine.divertNothing(seat);
        Command.Outcome next = run("backup", tree.toString(), "--json");
        Claims.done(next);
        assertTrue(Cranny.summary(next).getBoolean("committed"), next::output);
        Claims.done(run("check", "--read-data"));
        Path target = realm.emptyFolder("restored");
        Claims.done(run("restore", "latest", "--target", target.toString()));
        Claims.restoredEqual(tree, target);
        Await.until("nothing half done is left", PATIENCE, () -> files("incoming") == 0);
    }

    private static void isDoneOrSaysWhatIsWrong(Command.Outcome outcome) {
        if (outcome.exit() == 0) {
            Claims.done(outcome);
        } else {
            assertTrue(List.of(1, 4).contains(outcome.exit()), () -> outcome.exit() + outcome.errors());
            Claims.refusesInOneLine(outcome.exit(), outcome);
        }
    }

    private Command.Outcome run(String act, String... arguments) throws IOException {
        try {
            return start(act, arguments).end(LONG);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private Background start(String act, String... arguments) throws IOException {
        return Background.start(seat.commandLine(source.commandLine(act, arguments)));
    }

    /** Octets on all hosts. */
    private static long kept() {
        long sum = 0;
        for (int host = 1; host <= HOSTS; host++) {
            try (Stream<Path> all = Files.walk(home(host).resolve("fragments"))) {
                sum += all.mapToLong(
                                file -> file.toFile().isFile() ? file.toFile().length() : 0)
                        .sum();
            } catch (IOException | java.io.UncheckedIOException e) {
                return 0;
            }
        }
        return sum;
    }

    private static long files(String name) {
        long count = 0;
        for (int host = 1; host <= HOSTS; host++) {
            try (Stream<Path> all = Files.walk(home(host).resolve(name))) {
                count += all.filter(Files::isRegularFile).count();
            } catch (IOException | java.io.UncheckedIOException e) {
                return -1;
            }
        }
        return count;
    }

    private static void passes(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        Await.until("time passes", time.plusSeconds(30), () -> System.nanoTime() > until);
    }

    private static long seconds(long from) {
        return Duration.ofNanos(System.nanoTime() - from).toSeconds();
    }

    private static void say(String text, Object... values) {
        System.out.printf(Locale.ROOT, "network: " + text + "%n", values);
    }
}
