package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cranny.protocol.kill.VolatileDisk;
import org.cranny.protocol.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody fills the disk of central's own database: what was answered holds, and it goes on when there is room again. */
class FullDiskTest {
    private static final boolean LONG = Boolean.getBoolean("cranny.long");
    private static final int TIMES = Integer.getInteger("cranny.faults", LONG ? 100 : 1);
    private static final long DISK = 256 << 20;
    /** Below it central changes nothing. */
    private static final int ROOM = 64 << 20;

    private static final int MOST_LEFT = 400_000;
    private static final int COMMITS = 1_000;

    private final long seed = Long.getLong("cranny.faults.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    private Path folder;

    @Test
    void centralGoesOnWithoutAStartWhenThereIsRoomAgain() throws Exception {
        folder = folder.toRealPath();
        assumeTrue(
                VolatileDisk.isPossible(Files.createDirectory(folder.resolve("try"))),
                "nbdkit, nbdfuse or a loop device is missing, or may not be used");
        System.out.println("full disks of central: seed " + seed);
        try (VolatileDisk disk = VolatileDisk.make(folder, DISK)) {
            var dataSource = Databases.H2.fresh(disk.root());
            KilledCentral.found(folder, dataSource);
            CentralInMind mind = new CentralInMind(folder);
            try (Central central = new Central(folder.resolve("home"), dataSource, new ManualClock())) {
                for (int times = 0; times < TIMES; times++) {
                    central.clock.advance(Duration.ofHours(1));
                    Path others = fill(disk.root().resolve("others"));
                    List<String> said = new ArrayList<>();
                    Exception end = assertThrows(
                            Exception.class, () -> KilledCentral.work(folder, central, COMMITS, said::add));
                    assertInstanceOf(ProblemException.class, end);
                    Files.delete(others);
                    central.clock.advance(Duration.ofHours(1));
                    mind.compare(central, said);
                }
                System.out.printf(
                        "full disks of central: %d times, %d commits, %d of them said again, none lost%n",
                        TIMES, mind.commits(), mind.again());
            } finally {
                Databases.drop(dataSource);
            }
        }
    }

    /** Somebody else takes the room, but for a few transactions. */
    private Path fill(Path others) throws IOException {
        long room = Files.getFileStore(others.getParent()).getUsableSpace() - ROOM - random.nextInt(MOST_LEFT);
        byte[] octets = new byte[1 << 20];
        try (RandomAccessFile file = new RandomAccessFile(others.toFile(), "rw")) {
            for (long left = room; left > 0; left -= octets.length) {
                file.write(octets, 0, (int) Math.min(left, octets.length));
            }
        }
        return others;
    }
}
