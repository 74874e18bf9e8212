package org.cranny.engine.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.cranny.engine.keys.FixedRandom;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.TestKeys;
import org.cranny.engine.sealing.ForeignPackException;
import org.cranny.engine.sealing.Frames;
import org.cranny.engine.sealing.PackException;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.engine.segment.SegmentOpener;
import org.cranny.engine.segment.SegmentRef;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.snapshot.PackClass;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackTest {
    @TempDir
    private Path spool;

    private final KeyRing ring = TestKeys.ring();
    private final SegmentOpener opener = new SegmentOpener();
    private TestPacks packs;

    @BeforeEach
    void open() {
        packs = new TestPacks(spool, ring);
    }

    @AfterEach
    void close() {
        packs.close();
        opener.close();
    }

    @Test
    void givesBackEveryChunkOfEverySegment() throws Exception {
        List<byte[]> chunks = TestPacks.chunks(60, 90_000);
        WrittenPack pack = packs.write(chunks);
        try (PackFile file = PackFile.open(pack.file());
                PackReader reader = PackReader.open(file, ring, opener)) {
            assertEquals(pack.footer(), reader.footer());
            List<byte[]> back = new ArrayList<>();
            for (PackFooter.Segment segment : reader.footer().segments()) {
                byte[] raw = reader.openSegment(segment.ref());
                int offset = 0;
                for (var chunk : segment.chunks()) {
                    back.add(Arrays.copyOfRange(raw, offset, offset + chunk.length()));
                    assertEquals(chunk.id(), packs.ids().of(back.get(back.size() - 1)));
                    offset += chunk.length();
                }
            }
            assertEquals(chunks.size(), back.size());
            for (int at = 0; at < chunks.size(); at++) {
                assertArrayEquals(chunks.get(at), back.get(at));
            }
            reader.check();
        }
    }

    @Test
    void namesThePackByItsOctetsAndPadsIt() throws Exception {
        WrittenPack pack = packs.write(TestPacks.chunks(5, 1000));
        byte[] octets = Files.readAllBytes(pack.file());
        assertEquals(FragmentHasher.of(octets), pack.id());
        assertEquals(octets.length, pack.length());
        assertEquals(131_072, octets.length);
        assertEquals(pack.id() + ".pack", pack.file().getFileName().toString());
    }

    @Test
    void opensAFileWithTwoSmallReads() throws Exception {
        WrittenPack pack = packs.write(TestPacks.chunks(60, 90_000));
        SegmentRef third = pack.footer().segments().get(2).ref();
        CountingSource source = new CountingSource(Files.readAllBytes(pack.file()));
        try (PackReader reader = PackReader.open(source, ring, opener)) {
            reader.openSegment(third);
        }
        assertEquals(2, source.reads);
        assertEquals(PackHeader.LENGTH + third.sealedLength(), source.octetsRead);
    }

    @Test
    void opensASegmentFromItsRangeAndTheHeaderAlone() throws Exception {
        WrittenPack pack = packs.write(TestPacks.chunks(60, 90_000));
        byte[] octets = Files.readAllBytes(pack.file());
        PackHeader header = PackHeader.parse(Arrays.copyOf(octets, PackHeader.LENGTH));
        SegmentRef ref = pack.footer().segments().get(1).ref();
        CountingSource nothing = new CountingSource(new byte[0]);
        try (PackReader reader = PackReader.open(header, nothing, ring, opener)) {
            byte[] raw = new byte[ref.rawLength()];
            reader.openSegment(ref, octets, (int) ref.offset(), raw);
            assertEquals(0, nothing.reads);
        }
    }

    @Test
    void isFullAtItsTargetAndEarlierWhenChunksAreTiny() throws Exception {
        try (PackWriter writer = PackWriter.create(spool, ring, PackClass.DATA, new SecureRandom())) {
            int segments = 0;
            for (; !writer.isFull(); segments++) {
                packs.append(writer, TestPacks.chunks(4096, 2));
            }
            assertTrue(segments < 10, "segments: " + segments);
            assertTrue(writer.length() < 1 << 20);
        }
    }

    @Test
    void leavesNothingWhenItIsNotFinished() throws Exception {
        try (PackWriter writer = PackWriter.create(spool, ring, PackClass.DATA, new SecureRandom())) {
            packs.append(writer, TestPacks.chunks(3, 100));
        }
        try (var left = Files.list(spool)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void refusesSegmentsOutOfOrderAndAnUnfinishedEnd() throws Exception {
        try (PackWriter writer = PackWriter.create(spool, ring, PackClass.DATA, new SecureRandom())) {
            assertThrows(IllegalStateException.class, writer::finish);
            writer.nextNumber();
            assertThrows(IllegalStateException.class, () -> packs.append(writer, TestPacks.chunks(1, 10)));
            assertThrows(IllegalStateException.class, writer::finish);
        }
    }

    @Test
    void findsEveryFlippedBitOfHeaderFooterAndTrailerAndOneInEveryFrame() throws Exception {
        WrittenPack pack = packs.write(TestPacks.chunks(20, 3000));
        byte[] octets = Files.readAllBytes(pack.file());
        SegmentRef last = pack.footer()
                .segments()
                .get(pack.footer().segments().size() - 1)
                .ref();
        List<Long> bits = new ArrayList<>();
        for (long bit = 0; bit < 8 * PackHeader.LENGTH; bit++) {
            bits.add(bit);
        }
        for (long bit = 8 * last.end(); bit < 8 * (last.end() + 900); bit++) {
            bits.add(bit);
        }
        for (long bit = 8L * (octets.length - Trailer.SEALED); bit < 8L * octets.length; bit++) {
            bits.add(bit);
        }
        for (long at = PackHeader.LENGTH; at < octets.length; at += 101) {
            bits.add(8 * at + at % 8);
        }
        for (long bit : bits) {
            octets[(int) (bit / 8)] ^= (byte) (1 << bit % 8);
            assertThrows(PackException.class, () -> check(octets), () -> "bit " + bit);
            octets[(int) (bit / 8)] ^= (byte) (1 << bit % 8);
        }
        check(octets);
    }

    @Test
    void neverReleasesAWrongOctet() throws Exception {
        WrittenPack pack = packs.write(TestPacks.chunks(30, 60_000));
        byte[] octets = Files.readAllBytes(pack.file());
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            SegmentRef ref = pack.footer().segments().get(0).ref();
            byte[] damaged = octets.clone();
            damaged[(int) ref.offset() + random.nextInt(ref.sealedLength())] ^= (byte) (1 << random.nextInt(8));
            byte[] out = new byte[ref.rawLength()];
            try (PackReader reader = PackReader.open(new CountingSource(damaged), ring, opener)) {
                assertThrows(PackException.class, () -> reader.openSegment(ref, out));
            }
            assertArrayEquals(new byte[out.length], out);
        }
    }

    @Test
    void refusesAPackThatWasCut() throws Exception {
        byte[] octets =
                Files.readAllBytes(packs.write(TestPacks.chunks(20, 3000)).file());
        Random random = new Random(8);
        for (int round = 0; round < 200; round++) {
            byte[] cut = Arrays.copyOf(octets, random.nextInt(octets.length));
            assertThrows(IOException.class, () -> check(cut));
        }
        assertThrows(PackException.class, () -> check(Arrays.copyOf(octets, 0)));
        assertThrows(PackException.class, () -> check(Arrays.copyOf(octets, octets.length - 1)));
    }

    @Test
    void refusesSwappedSegments() throws Exception {
        WrittenPack pack = packs.write(TestPacks.chunks(40, 100_000));
        byte[] octets = Files.readAllBytes(pack.file());
        List<PackFooter.Segment> segments = pack.footer().segments();
        SegmentRef first = segments.get(0).ref();
        SegmentRef second = segments.get(1).ref();
        try (PackReader reader = PackReader.open(new CountingSource(octets), ring, opener)) {
            SegmentRef swapped = new SegmentRef(
                    first.number(), second.offset(), second.storedLength(), second.rawLength(), second.codec());
            assertThrows(PackException.class, () -> reader.openSegment(swapped));
        }
    }

    @Test
    void refusesASegmentOfAnotherPack() throws Exception {
        List<byte[]> chunks = TestPacks.chunks(1, 100_000);
        byte[] one = Files.readAllBytes(packs.write(chunks).file());
        WrittenPack pack = packs.write(chunks);
        byte[] other = Files.readAllBytes(pack.file());
        SegmentRef ref = pack.footer().segments().get(0).ref();
        System.arraycopy(one, (int) ref.offset(), other, (int) ref.offset(), ref.sealedLength());
        assertThrows(PackException.class, () -> check(other));
    }

    @Test
    void refusesAnotherSourcesPack() throws Exception {
        byte[] octets = Files.readAllBytes(packs.write(TestPacks.chunks(1, 100)).file());
        KeyRing other = KeyRing.create(TestKeys.OTHER, new FixedRandom(0));
        assertThrows(ForeignPackException.class, () -> PackReader.open(new CountingSource(octets), other, opener));
    }

    @Test
    void refusesASourceThatGivesLessThanAsked() throws Exception {
        byte[] octets = Files.readAllBytes(packs.write(TestPacks.chunks(1, 100)).file());
        RangeSource stingy = new RangeSource() {
            @Override
            public byte[] read(long offset, int length) {
                return Arrays.copyOfRange(octets, (int) offset, (int) offset + length - 1);
            }

            @Override
            public long length() {
                return octets.length;
            }
        };
        assertThrows(PackException.class, () -> PackReader.open(stingy, ring, opener));
    }

    @Test
    void padsEveryLengthToAMultiple() {
        for (long before = PackHeader.LENGTH; before < 600_000; before += 7) {
            long zeros = Padding.length(before);
            long end = before + Frames.sealedLength(zeros) + Trailer.SEALED;
            assertEquals(0, end % Padding.MULTIPLE);
            assertTrue(zeros >= 0 && zeros < 2 * Padding.MULTIPLE);
        }
    }

    @Test
    void writesTheOctetsOfVersionOne() throws Exception {
        try (PackWriter writer = PackWriter.create(spool, ring, PackClass.INDEX, new FixedRandom(64))) {
            packs.append(writer, TestPacks.noise(3, 1000));
            WrittenPack pack = writer.finish();
            assertEquals(GOLDEN_PACK, pack.id().toString());
            assertFalse(pack.footer().segments().isEmpty());
        }
    }

    private static final String GOLDEN_PACK = "79f4cb47b4e4c8f4be9ff46f9fdfe039aa7e54556735698467fe7947c2cde1bd";

    private void check(byte[] octets) throws IOException {
        try (PackReader reader = PackReader.open(new CountingSource(octets), ring, opener)) {
            reader.check();
        }
    }

    /** A pack in memory that counts what is read of it. */
    private static final class CountingSource implements RangeSource {
        private final byte[] octets;
        private int reads;
        private long octetsRead;

        private CountingSource(byte[] octets) {
            this.octets = octets;
        }

        @Override
        public byte[] read(long offset, int length) throws IOException {
            reads++;
            octetsRead += length;
            int from = (int) Math.min(offset, octets.length);
            return Arrays.copyOfRange(octets, from, (int) Math.min(octets.length, offset + length));
        }

        @Override
        public long length() {
            return octets.length;
        }
    }
}
