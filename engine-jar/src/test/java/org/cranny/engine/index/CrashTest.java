package org.cranny.engine.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cranny.engine.chunking.ChunkId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops the index before each of its changes to the disk, with and without losing what was not forced. */
class CrashTest {
    private static final int PACKS = 24;
    private static final int CHUNKS_IN_PACK = 20;

    @TempDir
    private Path folder;

    private final List<TestFooters.Pack> packs = new ArrayList<>();

    @Test
    void everyKillLeavesTheLastFlushOrNewer() throws Exception {
        assertTrue(crashEverywhere(false) > 100);
    }

    @Test
    void everyPowerCutLeavesTheLastFlushOrNewer() throws Exception {
        assertTrue(crashEverywhere(true) > 100);
    }

    @Test
    void thePowerCutIsRealEnoughToBeNoticed() throws Exception {
        Path home = Files.createDirectory(folder.resolve("control"));
        Path file = home.resolve("file");
        PowerCut cut = new PowerCut(2, true);
        Disk disk = new Disk(cut);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            disk.write(channel, file, ByteBuffer.wrap(new byte[10]), 0);
            disk.force(channel, file);
            disk.write(channel, file, ByteBuffer.wrap(new byte[10]), 10);
        } catch (Killed expected) {
            cut.loseUnforced();
        }
        assertEquals(10, Files.size(file));
    }

    private int crashEverywhere(boolean losingUnforced) throws Exception {
        TestFooters footers = new TestFooters(5);
        for (int count = 0; count < PACKS; count++) {
            packs.add(footers.next(2, CHUNKS_IN_PACK / 2));
        }
        int points = 0;
        for (boolean killed = true; killed; points++) {
            Path home = folder.resolve((losingUnforced ? "cut-" : "kill-") + points);
            PowerCut cut = new PowerCut(points, losingUnforced);
            killed = runUntilKilled(home, cut);
            cut.loseUnforced();
            verify(home, cut.durablePacks, "point " + points);
        }
        return points;
    }

    /** Two spells of work: adds with flushes and removals between them, so that runs merge. */
    private boolean runUntilKilled(Path home, PowerCut cut) throws IOException {
        Disk disk = new Disk(cut);
        try {
            for (int half = 0; half < 2; half++) {
                try (ChunkIndex index = ChunkIndex.open(home, disk, 3 * CHUNKS_IN_PACK)) {
                    work(index, cut, half * PACKS / 2, (half + 1) * PACKS / 2);
                }
            }
            return false;
        } catch (Killed expected) {
            return true;
        }
    }

    private void work(ChunkIndex index, PowerCut cut, int from, int to) throws IOException {
        for (int at = from; at < to; at++) {
            packs.get(at).addTo(index);
            if (at % 2 == 1) {
                index.flush();
                cut.durablePacks = at + 1;
            }
            if (at == PACKS / 3) {
                index.remove(List.of(packs.get(0).id()));
            }
        }
    }

    private void verify(Path home, int atLeast, String where) throws IOException {
        Map<ChunkId, Integer> owner = new HashMap<>();
        for (int at = 0; at < PACKS; at++) {
            for (ChunkId chunk : packs.get(at).chunks()) {
                owner.put(chunk, at);
            }
        }
        try (ChunkIndex index = ChunkIndex.open(home)) {
            int count = index.packs().count();
            assertTrue(count >= atLeast, () -> where + ": " + count + " packs of " + atLeast);
            for (Map.Entry<ChunkId, Integer> entry : owner.entrySet()) {
                boolean expected = index.packs().lives(entry.getValue());
                assertEquals(expected, index.contains(entry.getKey()), where);
            }
            assertTrue(count <= PACKS / 3 + 2 || !index.packs().lives(0), where);
            for (TestFooters.Pack pack : packs.subList(count, PACKS)) {
                pack.addTo(index);
            }
            index.flush();
            assertEquals(PACKS, index.packs().count(), where);
        }
    }

    private static final class Killed extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Counts changes down to the kill, and knows how much of each file was forced. */
    private static final class PowerCut implements Disk.Observer {
        private final boolean losingUnforced;
        private final Map<Path, Long> forcedLength = new HashMap<>();
        private int left;
        private int durablePacks;

        private PowerCut(int changes, boolean losingUnforced) {
            this.left = changes;
            this.losingUnforced = losingUnforced;
        }

        @Override
        public void before(Disk.Change change, Path file) throws IOException {
            if (left-- <= 0) {
                throw new Killed();
            }
            switch (change) {
                case WRITE -> forcedLength.putIfAbsent(file, Files.exists(file) ? Files.size(file) : 0L);
                case FORCE, DELETE -> forcedLength.remove(file);
                case MOVE, FORCE_FOLDER, TRUNCATE -> {}
            }
        }

        private void loseUnforced() throws IOException {
            if (losingUnforced) {
                for (Map.Entry<Path, Long> entry : forcedLength.entrySet()) {
                    try (FileChannel channel = FileChannel.open(entry.getKey(), StandardOpenOption.WRITE)) {
                        channel.truncate(entry.getValue());
                    }
                }
            }
        }
    }
}
