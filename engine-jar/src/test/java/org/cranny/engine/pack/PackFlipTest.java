package org.cranny.engine.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.TestKeys;
import org.cranny.engine.sealing.PackException;
import org.cranny.engine.segment.SegmentOpener;
import org.cranny.engine.segment.SegmentRef;
import org.cranny.protocol.snapshot.PackClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every single flipped bit of a pack is found before an octet is released; the short form takes one in 61. */
class PackFlipTest {
    private static final int STRIDE = Boolean.getBoolean("cranny.long") ? 1 : 61;
    private static final int SEGMENT = 8_000;

    @TempDir
    Path spool;

    @Test
    void everyFlippedBitIsFoundAndNoOctetIsReleased() throws Exception {
        KeyRing ring = TestKeys.ring();
        byte[] octets;
        List<SegmentRef> refs;
        try (TestPacks packs = new TestPacks(spool, ring);
                PackWriter writer = PackWriter.create(spool, ring, PackClass.DATA, new SecureRandom())) {
            for (byte[] chunk : TestPacks.noise(16, SEGMENT)) {
                packs.append(writer, List.of(chunk));
            }
            WrittenPack pack = writer.finish();
            octets = Files.readAllBytes(pack.file());
            refs = pack.footer().segments().stream()
                    .map(PackFooter.Segment::ref)
                    .toList();
        }
        AtomicInteger inSegments = new AtomicInteger();
        AtomicInteger elsewhere = new AtomicInteger();
        int bits = 8 * octets.length;
        int parts = 64;
        List<Integer> missed = IntStream.range(0, parts)
                .parallel()
                .boxed()
                .flatMap(part -> {
                    byte[] own = octets.clone();
                    try (SegmentOpener opener = new SegmentOpener()) {
                        return IntStream.range(part * (bits / parts), (part + 1) * (bits / parts))
                                .filter(bit -> bit % STRIDE == 0)
                                .filter(bit -> !isFound(own, bit, refs, ring, opener, inSegments, elsewhere))
                                .boxed()
                                .toList()
                                .stream();
                    }
                })
                .toList();
        assertEquals(List.of(), missed);
        assertEquals((bits + STRIDE - 1) / STRIDE, inSegments.get() + elsewhere.get());
        assertTrue(elsewhere.get() > 0);
        System.out.println(inSegments.get() + elsewhere.get() + " of " + bits
                + " bits of a pack flipped, one at a time: " + inSegments + " in segments, " + elsewhere
                + " in header, footer, padding and trailer; all found");
    }

    private static boolean isFound(
            byte[] octets,
            int bit,
            List<SegmentRef> refs,
            KeyRing ring,
            SegmentOpener opener,
            AtomicInteger inSegments,
            AtomicInteger elsewhere) {
        int at = bit / 8;
        octets[at] ^= (byte) (1 << bit % 8);
        SegmentRef hit = refs.stream()
                .filter(ref -> at >= ref.offset() && at < ref.end())
                .findFirst()
                .orElse(null);
        (hit == null ? elsewhere : inSegments).incrementAndGet();
        try (PackReader reader = PackReader.open(source(octets), ring, opener)) {
            if (hit == null) {
                reader.check();
                return false;
            }
            byte[] out = new byte[hit.rawLength()];
            return !opens(reader, hit, out) && Arrays.equals(out, new byte[out.length]);
        } catch (PackException found) {
            return true;
        } catch (IOException | RuntimeException other) {
            throw new AssertionError("bit " + bit, other);
        } finally {
            octets[at] ^= (byte) (1 << bit % 8);
        }
    }

    private static boolean opens(PackReader reader, SegmentRef ref, byte[] out) throws IOException {
        try {
            reader.openSegment(ref, out);
            return true;
        } catch (PackException found) {
            return false;
        }
    }

    private static RangeSource source(byte[] octets) {
        return new RangeSource() {
            @Override
            public byte[] read(long offset, int length) {
                return Arrays.copyOfRange(octets, (int) offset, (int) offset + length);
            }

            @Override
            public long length() {
                return octets.length;
            }
        };
    }
}
