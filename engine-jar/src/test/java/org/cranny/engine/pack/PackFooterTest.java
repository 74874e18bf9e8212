package org.cranny.engine.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.sealing.MalformedPackException;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.engine.segment.ChunkEntry;
import org.cranny.engine.segment.Codec;
import org.cranny.engine.segment.SegmentRef;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.octets.OctetWriter;
import org.junit.jupiter.api.Test;

class PackFooterTest {
    private final Random random = new Random(9);

    @Test
    void readsBackWhatItWrote() throws Exception {
        PackFooter footer = footer(12);
        assertEquals(footer, PackFooter.decode(footer.encode()));
        FragmentId pack = FragmentId.of(octets(32));
        IndexEntry entry = new IndexEntry(pack, footer);
        assertEquals(entry, IndexEntry.decode(entry.encode()));
        assertArrayEquals(pack.bytes(), Arrays.copyOf(entry.encode(), 32));
    }

    @Test
    void anyOctetsGiveAFooterOrARefusal() throws Exception {
        byte[] octets = footer(3).encode();
        for (int round = 0; round < 20_000; round++) {
            byte[] garbled = Arrays.copyOf(octets, random.nextInt(octets.length + 1));
            for (int flips = random.nextInt(4); flips > 0 && garbled.length > 0; flips--) {
                garbled[random.nextInt(garbled.length)] = (byte) random.nextInt();
            }
            try {
                PackFooter accepted = PackFooter.decode(garbled);
                assertEquals(accepted, PackFooter.decode(accepted.encode()));
            } catch (MalformedPackException refused) {
                assertEquals(true, refused.getMessage().startsWith("the pack's footer is malformed"));
            }
        }
    }

    @Test
    void refusesCountsBeyondItsLength() {
        byte[] octets = new OctetWriter().varint(Long.MAX_VALUE).toByteArray();
        assertThrows(MalformedPackException.class, () -> PackFooter.decode(octets));
        byte[] chunks = new OctetWriter()
                .varint(1)
                .varint(96)
                .varint(5)
                .varint(5)
                .u8(0)
                .varint(1L << 40)
                .raw(new byte[64])
                .toByteArray();
        assertThrows(MalformedPackException.class, () -> PackFooter.decode(chunks));
    }

    @Test
    void refusesSegmentsThatOverlapOrDoNotAddUp() {
        refuses(97, 5, 5, Codec.NONE, 5);
        refuses(96, 5, 5, Codec.NONE, 4);
        refuses(96, 4, 5, Codec.NONE, 5);
        refuses(96, 5, 5, Codec.ZSTD, 5);
        refuses(96, 6, 5, Codec.ZSTD, 5);
        refuses(96, 0, 0, Codec.NONE, 0);
        refuses(96, 5, (16 << 20) + 1, Codec.ZSTD, (16 << 20) + 1);
    }

    private void refuses(long offset, long stored, long raw, Codec codec, long chunk) {
        byte[] octets = new OctetWriter()
                .varint(1)
                .varint(offset)
                .varint(stored)
                .varint(raw)
                .u8(codec.code())
                .varint(1)
                .raw(octets(32))
                .varint(chunk)
                .toByteArray();
        assertThrows(MalformedPackException.class, () -> PackFooter.decode(octets));
    }

    private PackFooter footer(int segments) {
        List<PackFooter.Segment> list = new ArrayList<>();
        long offset = PackHeader.LENGTH;
        for (int number = 0; number < segments; number++) {
            List<ChunkEntry> chunks = new ArrayList<>();
            int raw = 0;
            for (int count = 1 + random.nextInt(5); count > 0; count--) {
                ChunkEntry chunk = new ChunkEntry(ChunkId.of(octets(32)), 1 + random.nextInt(100_000));
                raw += chunk.length();
                chunks.add(chunk);
            }
            SegmentRef ref = raw > 1
                    ? new SegmentRef(number, offset, raw - 1, raw, Codec.ZSTD)
                    : new SegmentRef(number, offset, raw, raw, Codec.NONE);
            list.add(new PackFooter.Segment(ref, chunks));
            offset = ref.end();
        }
        return new PackFooter(list);
    }

    private byte[] octets(int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }
}
