package org.cranny.engine.backup;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cranny.protocol.kill.KilledJvm;
import org.cranny.protocol.kill.VolatileDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A source whose home is on a disk that loses what was not forced when the power is cut: the next backup goes on without
 * anybody's help, what was reported done comes back octet for octet and is not sent again, and of what was under way no
 * more than that.
 */
class PowerCutsTest {
    private static final boolean LONG = Boolean.getBoolean("cranny.long");
    private static final int CUTS = Integer.getInteger("cranny.cuts", LONG ? 200 : 4);
    private static final int CUTS_WITHOUT_FORCE = LONG ? 20 : 1;
    private static final int CUTS_IN_ONE_HOME = 10;
    private static final long DISK = 64 << 20;
    private static final int COPIES = 2;

    /** A pack of folders and one of the index, each as long as the shortest pack. */
    private static final long OVERHEAD = 2 * (128 << 10);

    private static final long FIRST_GUESS_NANOS = 500_000_000;
    private static final long MOST_SECONDS = 300;
    private static final double NEVER = -1;

    private final long seed = Long.getLong("cranny.cuts.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private Path libraries;
    private long lastWork = FIRST_GUESS_NANOS;
    private int afterTheEnd;
    private int restored;
    private int mostInVain;

    @TempDir
    private Path folder;

    @Test
    void theNextBackupGoesOnWhenThePowerWasCut() throws Exception {
        prepare();
        int cuts = 0;
        for (int number = 0; cuts < CUTS; number++) {
            Path place = Files.createDirectory(folder.resolve("home" + number));
            try (VolatileDisk disk = VolatileDisk.make(place, DISK)) {
                RealmInMind mind = realm(number, disk);
                for (int times = 0; times < CUTS_IN_ONE_HOME && cuts < CUTS; times++) {
                    cuts++;
                    String broken = cutAndGoOn(mind, disk, random.nextDouble());
                    assertTrue(broken == null, () -> broken + "; seed " + seed);
                }
                mind.everythingComesBack();
                restored += mind.restored();
            }
            Files.delete(place.resolve("image"));
        }
        System.out.printf(
                "power cuts of a source: %d cuts, %d of them when it had said that it was done; %d snapshots restored;"
                        + " at most %d packs sent in vain%n",
                CUTS, afterTheEnd, restored, mostInVain);
    }

    @Test
    void aSourceThatForcesNothingSendsAgainWhatItReportedDone() throws Exception {
        assumeTrue(KilledJvm.isPossible(), "strace is missing or may not trace");
        prepare();
        int harmed = 0;
        for (int number = 0; number < CUTS_WITHOUT_FORCE; number++) {
            Path place = Files.createDirectory(folder.resolve("home" + number));
            try (VolatileDisk disk = VolatileDisk.make(place, DISK)) {
                harmed += cutAndGoOn(realm(number, disk), disk, NEVER) == null ? 0 : 1;
            }
        }
        System.out.printf("a source that forces nothing: %d of %d cuts did harm%n", harmed, CUTS_WITHOUT_FORCE);
        assertTrue(harmed > 0, "the disk loses nothing, so it shows nothing; seed " + seed);
    }

    private void prepare() throws IOException, InterruptedException {
        folder = folder.toRealPath();
        assumeTrue(
                VolatileDisk.isPossible(Files.createDirectory(folder.resolve("try"))),
                "nbdkit, nbdfuse or a loop device is missing, or may not be used");
        libraries = RealmInMind.unpackLibraries(folder);
        System.out.println("power cuts of a source: seed " + seed);
    }

    private RealmInMind realm(int number, VolatileDisk disk) throws Exception {
        Path home = folder.resolve("realm" + number);
        int length = LONG && random.nextInt(4) == 0 ? RealmInMind.LARGE_FILE : RealmInMind.SMALL_FILE;
        RealmInMind mind = RealmInMind.create(home, libraries, length, random);
        Files.createSymbolicLink(home.resolve("home"), disk.root());
        return mind;
    }

    /**
     * Has the power cut in the midst of a backup, and backs up again.
     *
     * @param when the cut is, as a part of the last backup that came to its end; {@link #NEVER}: at its end, and nothing is forced
     * @return what is broken then, null when nothing is
     */
    private String cutAndGoOn(RealmInMind mind, VolatileDisk disk, double when) throws Exception {
        mind.change();
        Set<String> before = mind.packs();
        boolean done = workUntilTheCut(mind, disk, when);
        afterTheEnd += done ? 1 : 0;
        Set<String> sent = mind.packs();
        sent.removeAll(before);
        long octets = mind.octets();
        try {
            mind.goOn();
        } catch (IOException | RuntimeException e) {
            if (when == NEVER) {
                return "the next backup failed: " + e;
            }
            throw e;
        }
        long sentAgain = mind.octets() - octets;
        long most = COPIES * ((done ? 0 : 2L * mind.changed()) + OVERHEAD);
        if (sentAgain > most) {
            return sentAgain + " octets were sent after the cut, not " + most + " at most, "
                    + (done ? "after it was reported done" : "on the way");
        }
        int inVain = mind.inVain(mind.packs());
        mostInVain = Math.max(mostInVain, inVain);
        return inVain > (done ? 0 : sent.size()) ? inVain + " packs were sent in vain, of " + sent.size() : null;
    }

    /** @return whether it said that it was done */
    private boolean workUntilTheCut(RealmInMind mind, VolatileDisk disk, double when) throws Exception {
        KilledJvm jvm = mind.jvm();
        long lease = mind.lease();
        Process process = jvm.start(when != NEVER);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (mind.lease() == lease && process.isAlive() && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        long begun = System.nanoTime();
        long cut = when == NEVER ? end : begun + (long) (when * lastWork * 1.2);
        while (process.isAlive() && System.nanoTime() < cut) {
            LockSupport.parkNanos(1_000_000);
        }
        if (!process.isAlive()) {
            lastWork = System.nanoTime() - begun;
        }
        jvm.end(process);
        disk.cut();
        List<String> said = Files.readAllLines(mind.said());
        mind.hear(said);
        return !said.isEmpty();
    }
}
