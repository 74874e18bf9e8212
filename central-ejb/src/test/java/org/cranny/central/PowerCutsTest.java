package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.cranny.protocol.kill.KilledJvm;
import org.cranny.protocol.kill.VolatileDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database of central on a disk that loses what was not forced when the power is cut: what central answered holds. */
class PowerCutsTest {
    private static final boolean LONG = Boolean.getBoolean("cranny.long");
    private static final int CUTS = Integer.getInteger("cranny.cuts", LONG ? 200 : 2);
    private static final int CUTS_WITHOUT_FORCE = LONG ? 20 : 1;
    private static final long DISK_FOR_H2 = 256 << 20;
    private static final long DISK_FOR_POSTGRESQL = 512 << 20;
    private static final int COMMITS = 20;

    /** Of each commit: registering, registered, committing, committed. */
    private static final int LINES = 4 * COMMITS;

    private static final long LONGEST_STEP_NANOS = 20_000_000;
    private static final long MOST_SECONDS = 300;

    private final long seed = Long.getLong("cranny.cuts.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private int hours;

    @TempDir
    private Path folder;

    @Test
    void whatCentralAnsweredIsInH2AfterAPowerCut() throws Exception {
        prepare();
        try (VolatileDisk disk = VolatileDisk.make(folder, DISK_FOR_H2)) {
            String url = Databases.H2.freshAt(disk.root());
            found(url);
            CentralInMind mind = new CentralInMind(folder);
            for (int cut = 0; cut < CUTS; cut++) {
                compare(mind, url, workUntilTheCut(disk, url, random.nextInt(LINES)));
            }
            System.out.printf(
                    "power cuts of central on H2: %d cuts, %d commits, %d of them said again, none lost%n",
                    CUTS, mind.commits(), mind.again());
        }
    }

    @Test
    void h2ThatIsNotToldToSyncLosesWhatCentralAnswered() throws Exception {
        prepare();
        int lost = 0;
        for (int cut = 0; cut < CUTS_WITHOUT_FORCE; cut++) {
            Path place = Files.createDirectory(folder.resolve("cut" + cut));
            try (VolatileDisk disk = VolatileDisk.make(place, DISK_FOR_H2)) {
                String url = Databases.H2.freshAt(disk.root());
                found(url);
                CentralInMind mind = new CentralInMind(folder);
                List<String> said = workUntilTheCut(disk, url, LINES / 2, "forgetful");
                lost += isLost(() -> compare(mind, url, said)) ? 1 : 0;
            }
        }
        System.out.printf("H2 that is not told to sync: %d of %d cuts lost something%n", lost, CUTS_WITHOUT_FORCE);
        assertTrue(lost > 0, "the disk loses nothing, so it shows nothing; seed " + seed);
    }

    @Test
    void whatCentralAnsweredIsInPostgreSqlAfterAPowerCutAndWithoutFsyncItIsNot() throws Exception {
        assumeTrue(LONG && PostgreSqlServer.isInstalled(), "a long form, and PostgreSQL is needed");
        prepare();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        try (VolatileDisk disk = VolatileDisk.make(folder, DISK_FOR_POSTGRESQL)) {
            PostgreSqlServer server =
                    PostgreSqlServer.make(Files.createDirectory(disk.root().resolve("postgresql")));
            disk.sync();
            server.start("");
            try {
                server.makeMigrated();
                try (CentralOnPostgreSql central = new CentralOnPostgreSql(folder, server.fresh(), random)) {
                    for (int cut = 0; cut < CUTS; cut++) {
                        central.workThrough(() -> cut(server, disk));
                    }
                    System.out.printf(
                            "power cuts of central on PostgreSQL: %d cuts, %d commits, %d of them said again, none lost%n",
                            CUTS, central.commits(), central.again());
                    server.stop();
                    disk.sync();
                    server.start("-c fsync=off");
                    assertTrue(
                            isLost(() -> central.workThrough(CentralOnPostgreSql.MOST_LINES, () -> cut(server, disk))),
                            "the disk loses nothing, so it shows nothing; seed " + seed);
                }
            } finally {
                server.kill();
            }
        }
    }

    private static void cut(PostgreSqlServer server, VolatileDisk disk) throws IOException, InterruptedException {
        server.kill();
        disk.cut();
        server.start("");
    }

    private interface Work {
        void run() throws Exception;
    }

    private static boolean isLost(Work comparing) {
        try {
            comparing.run();
            return false;
        } catch (AssertionError | Exception e) {
            return true;
        }
    }

    private void prepare() throws IOException, InterruptedException {
        folder = folder.toRealPath();
        assumeTrue(
                VolatileDisk.isPossible(Files.createDirectory(folder.resolve("try"))),
                "nbdkit, nbdfuse or a loop device is missing, or may not be used");
        Files.createDirectory(folder.resolve("jvm"));
        System.out.println("power cuts of central: seed " + seed);
    }

    private void found(String url) throws Exception {
        DataSource dataSource = Databases.at(url);
        KilledCentral.found(folder, dataSource);
        CentralInMind.leave(dataSource);
    }

    /** @param last how many lines it says at least before the cut @return what it said */
    private List<String> workUntilTheCut(VolatileDisk disk, String url, int last, String... more) throws Exception {
        hours++;
        List<String> arguments = new ArrayList<>(List.of(
                folder.toString(), url, Homes.template.toString(), Integer.toString(hours), Integer.toString(COMMITS)));
        arguments.addAll(List.of(more));
        KilledJvm jvm = new KilledJvm(folder.resolve("jvm"), List.of(), KilledCentral.class, arguments);
        Path out = folder.resolve("jvm/out");
        Process process = jvm.start(true);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (Files.readAllLines(out).size() < last && process.isAlive() && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        LockSupport.parkNanos(random.nextLong(LONGEST_STEP_NANOS));
        jvm.end(process);
        disk.cut();
        List<String> said = Files.readAllLines(out);
        assertTrue(said.size() >= last, "it ended before, or took too long; seed " + seed);
        return said;
    }

    /** An hour later than the one before, so that no lease of a dead source is in the way. */
    private void compare(CentralInMind mind, String url, List<String> said) throws Exception {
        DataSource dataSource = Databases.at(url);
        ManualClock clock = new ManualClock();
        clock.advance(Duration.ofHours(hours));
        try (Central central = new Central(folder.resolve("home"), dataSource, clock)) {
            mind.compare(central, said);
        } finally {
            CentralInMind.leave(dataSource);
        }
    }
}
