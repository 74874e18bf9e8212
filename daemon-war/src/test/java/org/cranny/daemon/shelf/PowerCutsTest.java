package org.cranny.daemon.shelf;

import static java.nio.file.StandardOpenOption.READ;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cranny.protocol.kill.KilledJvm;
import org.cranny.protocol.kill.VolatileDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shelf on a disk that loses what was not forced when the power is cut: what was answered holds. */
class PowerCutsTest {
    private static final boolean LONG = Boolean.getBoolean("cranny.long");
    private static final int CUTS = Integer.getInteger("cranny.cuts", LONG ? 200 : 4);
    private static final int CUTS_WITHOUT_FORCE = LONG ? 20 : 1;
    private static final long DISK = 64 << 20;
    private static final int ACTS = KilledShelf.plan(0).size();
    private static final long LONGEST_ACT_NANOS = 20_000_000;
    private static final long MOST_SECONDS = 300;

    private final long seed = Long.getLong("cranny.cuts.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private int acknowledged;

    @TempDir
    private Path folder;

    @Test
    void whatWasAnsweredHoldsWhenThePowerIsCut() throws Exception {
        prepare();
        try (VolatileDisk disk = VolatileDisk.make(folder, DISK)) {
            ShelfInMind mind = new ShelfInMind(disk.root().resolve("shelf"));
            for (int cut = 0; cut < CUTS; cut++) {
                long plan = random.nextLong();
                mind.follow(plan, workUntilTheCut(disk, plan, true));
            }
        }
        System.out.printf("power cuts of a daemon: %d cuts, %d acts answered, none lost%n", CUTS, acknowledged);
    }

    @Test
    void aShelfThatForcesNothingLosesWhatItAnswered() throws Exception {
        assumeTrue(KilledJvm.isPossible(), "strace is missing or may not trace");
        prepare();
        int lost = 0;
        for (int cut = 0; cut < CUTS_WITHOUT_FORCE; cut++) {
            Path place = Files.createDirectory(folder.resolve("cut" + cut));
            try (VolatileDisk disk = VolatileDisk.make(place, DISK)) {
                long plan = random.nextLong();
                int done = workUntilTheCut(disk, plan, false);
                lost += isLost(new ShelfInMind(disk.root().resolve("shelf")), plan, done) ? 1 : 0;
            }
        }
        System.out.printf("a daemon that forces nothing: %d of %d cuts lost something%n", lost, CUTS_WITHOUT_FORCE);
        assertTrue(lost > 0, "the disk loses nothing, so it shows nothing; seed " + seed);
    }

    private void prepare() throws IOException, InterruptedException {
        folder = folder.toRealPath();
        assumeTrue(
                VolatileDisk.isPossible(Files.createDirectory(folder.resolve("try"))),
                "nbdkit, nbdfuse or a loop device is missing, or may not be used");
        Files.createDirectory(folder.resolve("jvm"));
        System.out.println("power cuts of a daemon: seed " + seed);
    }

    private static boolean isLost(ShelfInMind mind, long plan, int done) {
        try {
            mind.follow(plan, done);
            return false;
        } catch (AssertionError | IOException e) {
            return true;
        }
    }

    /** @return how many acts of the plan were answered before the cut */
    private int workUntilTheCut(VolatileDisk disk, long plan, boolean forces) throws Exception {
        Path answered = Files.write(folder.resolve("answered"), new byte[Integer.BYTES]);
        KilledJvm jvm = new KilledJvm(
                folder.resolve("jvm"),
                List.of(),
                KilledShelf.class,
                List.of(disk.root().resolve("shelf").toString(), Long.toString(plan), answered.toString()));
        int last = forces ? random.nextInt(ACTS) : ACTS;
        try (FileChannel file = FileChannel.open(answered, READ)) {
            MappedByteBuffer count = file.map(FileChannel.MapMode.READ_ONLY, 0, Integer.BYTES);
            Process process = jvm.start(forces);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
            while (count.getInt(0) < last && process.isAlive() && System.nanoTime() < end) {
                LockSupport.parkNanos(100_000);
            }
            if (last < ACTS) {
                LockSupport.parkNanos(random.nextLong(LONGEST_ACT_NANOS));
            }
            jvm.end(process);
            disk.cut();
            assertTrue(count.getInt(0) >= last, "it ended before, or took too long; seed " + seed);
            acknowledged += count.getInt(0);
            return count.getInt(0);
        }
    }
}
