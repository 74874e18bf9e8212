package org.cranny.engine.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.pack.PackFooter;
import org.cranny.engine.segment.ChunkEntry;
import org.cranny.protocol.snapshot.PackClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkIndexTest {
    @TempDir
    private Path folder;

    private final TestFooters footers = new TestFooters(1);

    @Test
    void agreesWithAMapOnThreeHundredThousandChunks() throws Exception {
        Map<ChunkId, Location> expected = new HashMap<>();
        try (ChunkIndex index = small(5_000)) {
            for (int pack = 0; pack < 300; pack++) {
                TestFooters.Pack next = footers.next(10, 100);
                remember(expected, next.addTo(index), next.footer());
            }
            assertEquals(300_000, expected.size());
            assertAgrees(expected, index);
            index.flush();
        }
        try (ChunkIndex index = ChunkIndex.open(folder)) {
            assertAgrees(expected, index);
            assertEquals(300, index.packs().count());
        }
        try (var files = Files.list(folder)) {
            assertTrue(files.count() <= RunMerge.MOST_RUNS + 2);
        }
    }

    @Test
    void knowsNothingAtFirst() throws Exception {
        try (ChunkIndex index = ChunkIndex.open(folder.resolve("deep/new"))) {
            assertFalse(index.contains(footers.chunk()));
            index.flush();
            assertEquals(0, index.packs().count());
        }
    }

    @Test
    void keepsTheStateOfTheLastFlush() throws Exception {
        TestFooters.Pack flushed = footers.next(2, 10);
        TestFooters.Pack lost = footers.next(2, 10);
        try (ChunkIndex index = ChunkIndex.open(folder)) {
            flushed.addTo(index);
            index.flush();
            lost.addTo(index);
            assertTrue(index.contains(lost.chunks().get(0)));
        }
        try (ChunkIndex index = ChunkIndex.open(folder)) {
            assertTrue(index.contains(flushed.chunks().get(0)));
            assertFalse(index.contains(lost.chunks().get(0)));
            assertEquals(OptionalInt.empty(), index.packs().ordinal(lost.id()));
            assertEquals(1, lost.addTo(index));
            assertTrue(index.contains(lost.chunks().get(0)));
        }
    }

    @Test
    void addingAPackTwiceChangesNothing() throws Exception {
        TestFooters.Pack pack = footers.next(1, 5);
        try (ChunkIndex index = ChunkIndex.open(folder)) {
            assertEquals(0, pack.addTo(index));
            assertEquals(0, pack.addTo(index));
            index.flush();
            assertEquals(0, pack.addTo(index));
            assertEquals(1, index.packs().count());
        }
    }

    @Test
    void deadPacksHoldNothingEvenAfterReopening() throws Exception {
        TestFooters.Pack dead = footers.next(2, 10);
        TestFooters.Pack living = footers.next(2, 10);
        try (ChunkIndex index = ChunkIndex.open(folder)) {
            dead.addTo(index);
            living.addTo(index);
            index.remove(List.of(dead.id(), footers.next(1, 1).id()));
            assertFalse(index.contains(dead.chunks().get(3)));
            assertTrue(index.contains(living.chunks().get(3)));
        }
        try (ChunkIndex index = ChunkIndex.open(folder)) {
            assertFalse(index.contains(dead.chunks().get(3)));
            assertTrue(index.contains(living.chunks().get(3)));
            assertFalse(index.packs().lives(0));
            assertTrue(index.packs().lives(1));
            assertEquals(dead.id(), index.packs().id(0));
        }
    }

    @Test
    void aPackMayComeBackToLife() throws Exception {
        TestFooters.Pack pack = footers.next(1, 5);
        try (ChunkIndex index = ChunkIndex.open(folder)) {
            pack.addTo(index);
            index.remove(List.of(pack.id()));
            assertEquals(1, pack.addTo(index));
            assertEquals(1, index.lookup(pack.chunks().get(0)).orElseThrow().pack());
            index.flush();
        }
        try (ChunkIndex index = ChunkIndex.open(folder)) {
            assertEquals(OptionalInt.of(1), index.packs().ordinal(pack.id()));
            assertTrue(index.contains(pack.chunks().get(0)));
        }
    }

    @Test
    void findsAChunkInAnyPackThatLives() throws Exception {
        TestFooters.Pack first = footers.next(1, 50);
        TestFooters.Pack second = footers.of(first.chunks(), 7);
        try (ChunkIndex index = small(10)) {
            first.addTo(index);
            second.addTo(index);
            assertEquals(1, index.lookup(first.chunks().get(9)).orElseThrow().pack());
            for (int more = 0; more < 30; more++) {
                footers.next(1, 10).addTo(index);
            }
            assertEquals(1, index.lookup(first.chunks().get(9)).orElseThrow().pack());
            index.remove(List.of(second.id()));
            assertEquals(0, index.lookup(first.chunks().get(9)).orElseThrow().pack());
            index.remove(List.of(first.id()));
            assertFalse(index.contains(first.chunks().get(9)));
        }
    }

    @Test
    void findsIdsThatDifferInTheirLastOctetOnly() throws Exception {
        List<ChunkId> alike = new ArrayList<>();
        for (int last = 0; last < 256; last++) {
            byte[] octets = new byte[32];
            octets[31] = (byte) last;
            alike.add(ChunkId.of(octets));
        }
        TestFooters.Pack pack = footers.of(alike, 16);
        try (ChunkIndex index = ChunkIndex.open(folder)) {
            pack.addTo(index);
            index.flush();
        }
        Map<ChunkId, Location> expected = new HashMap<>();
        remember(expected, 0, pack.footer());
        try (ChunkIndex index = ChunkIndex.open(folder)) {
            assertAgrees(expected, index);
        }
    }

    @Test
    void knowsTheRangeOfEverySegment() throws Exception {
        List<TestFooters.Pack> packs = new ArrayList<>();
        try (ChunkIndex index = ChunkIndex.open(folder)) {
            for (int count = 0; count < 600; count++) {
                packs.add(footers.next(1 + count % 5, 2));
                packs.get(count).addTo(index);
            }
            index.flush();
        }
        try (ChunkIndex index = ChunkIndex.open(folder)) {
            for (int ordinal = 0; ordinal < packs.size(); ordinal++) {
                TestFooters.Pack pack = packs.get(ordinal);
                PackRow row = index.packs().row(ordinal);
                assertEquals(pack.id(), row.id());
                assertEquals(PackClass.DATA, row.packClass());
                assertEquals(pack.length(), row.length());
                assertEquals(
                        pack.footer().segments().stream()
                                .map(PackFooter.Segment::ref)
                                .toList(),
                        row.segments());
                assertEquals(OptionalInt.of(ordinal), index.packs().ordinal(pack.id()));
            }
        }
    }

    @Test
    void saysThatItIsDamagedAndNeverLies() throws Exception {
        Map<ChunkId, Location> expected = new HashMap<>();
        try (ChunkIndex index = ChunkIndex.open(folder)) {
            TestFooters.Pack pack = footers.next(3, 100);
            remember(expected, pack.addTo(index), pack.footer());
            index.flush();
        }
        Random random = new Random(2);
        List<Path> files;
        try (var found = Files.list(folder)) {
            files = found.sorted().toList();
        }
        int noticed = 0;
        for (int round = 0; round < 400; round++) {
            Path file = files.get(round % files.size());
            byte[] octets = Files.readAllBytes(file);
            byte[] damaged = octets.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            noticed += noticesDamage(expected) ? 1 : 0;
            Files.write(file, octets);
        }
        assertEquals(400, noticed);
        for (Path file : files) {
            byte[] octets = Files.readAllBytes(file);
            Files.delete(file);
            boolean begunAnew = file.endsWith(IndexManifest.FILE);
            assertTrue(begunAnew || noticesDamage(expected), file::toString);
            Files.write(file, octets);
        }
        assertFalse(noticesDamage(expected));
    }

    private boolean noticesDamage(Map<ChunkId, Location> expected) throws IOException {
        try (ChunkIndex index = ChunkIndex.open(folder)) {
            assertAgrees(expected, index);
            index.packs().row(0);
            return false;
        } catch (IndexDamagedException noticed) {
            return true;
        }
    }

    @Test
    void beginsAnewAfterDiscarding() throws Exception {
        TestFooters.Pack pack = footers.next(1, 5);
        try (ChunkIndex index = ChunkIndex.open(folder)) {
            pack.addTo(index);
            index.flush();
        }
        ChunkIndex.discard(folder);
        try (ChunkIndex index = ChunkIndex.open(folder)) {
            assertFalse(index.contains(pack.chunks().get(0)));
            assertEquals(0, pack.addTo(index));
        }
    }

    @Test
    void discardsNothingWhereThereIsNone() throws Exception {
        Path none = folder.resolve("none");
        ChunkIndex.discard(none);
        assertFalse(Files.exists(none));
    }

    @Test
    void manyThreadsLookUpWhileOneAdds() throws Exception {
        try (ChunkIndex index = small(500)) {
            TestFooters.Pack first = footers.next(5, 100);
            first.addTo(index);
            Thread adding = new Thread(() -> addMany(index));
            adding.start();
            assertTrue(IntStream.range(0, 20_000).parallel().allMatch(at -> contains(index, first, at)));
            adding.join();
        }
    }

    private void addMany(ChunkIndex index) {
        try {
            for (int count = 0; count < 50; count++) {
                footers.next(2, 100).addTo(index);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean contains(ChunkIndex index, TestFooters.Pack pack, int at) {
        try {
            return index.contains(pack.chunks().get(at % 500));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void refusesEverythingAfterAFailedWriteUntilItIsOpenedAgain() throws Exception {
        TestFooters.Pack pack = footers.next(1, 5);
        Disk full = new Disk((change, file) -> {
            if (change == Disk.Change.FORCE) {
                throw new IOException("No space left on device");
            }
        });
        try (ChunkIndex index = ChunkIndex.open(folder, full, 100)) {
            pack.addTo(index);
            assertThrows(IOException.class, index::flush);
            assertThrows(IOException.class, () -> index.contains(pack.chunks().get(0)));
            assertThrows(IOException.class, index::flush);
        }
        try (ChunkIndex index = ChunkIndex.open(folder)) {
            assertFalse(index.contains(pack.chunks().get(0)));
        }
    }

    private ChunkIndex small(int mostInMemory) throws IOException {
        return ChunkIndex.open(folder, Disk.real(), mostInMemory);
    }

    private static void remember(Map<ChunkId, Location> expected, int ordinal, PackFooter footer) {
        for (PackFooter.Segment segment : footer.segments()) {
            int offset = 0;
            for (ChunkEntry chunk : segment.chunks()) {
                expected.put(chunk.id(), new Location(ordinal, segment.ref().number(), offset, chunk.length()));
                offset += chunk.length();
            }
        }
    }

    private void assertAgrees(Map<ChunkId, Location> expected, ChunkIndex index) throws IOException {
        for (Map.Entry<ChunkId, Location> entry : expected.entrySet()) {
            assertEquals(Optional.of(entry.getValue()), index.lookup(entry.getKey()));
        }
        for (int stranger = 0; stranger < 1000; stranger++) {
            assertFalse(index.contains(footers.chunk()));
        }
    }
}
