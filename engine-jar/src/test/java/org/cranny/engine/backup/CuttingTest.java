package org.cranny.engine.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.chunking.ChunkIds;
import org.cranny.engine.chunking.FastCdc;
import org.cranny.engine.keys.TestKeys;
import org.cranny.engine.tree.ContentWriter;
import org.cranny.engine.tree.NodeStore;
import org.cranny.protocol.snapshot.PackClass;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Feeds of any length, one after the other, become the chunks that each would become alone. */
class CuttingTest {
    private static final NodeStore NO_LISTS = node -> {
        throw new AssertionError("so many chunks were not to be made");
    };

    private final ChunkIds ids = ChunkIds.of(TestKeys.ring());
    private final FastCdc cutter = FastCdc.of(TestKeys.ring());
    private final ExecutorService readers = Executors.newFixedThreadPool(2);
    private final Random random = new Random(11);

    @AfterEach
    void end() {
        readers.shutdownNow();
    }

    @Test
    void octetsStayUntilTheyArePacked() throws Exception {
        Packed packed = new Packed();
        Steps steps = new Steps();
        Cutting cutting = new Cutting(ids, cutter, packed, readers, steps);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        List<Integer> lengths = new ArrayList<>();
        for (int length :
                new int[] {300_000, 0, 9 << 20, 1, FastCdc.MAX, 2 * FastCdc.MAX, 700_000, 23_000_001, 256 << 10, 5 << 20
                }) {
            byte[] octets = noise(length);
            whole.write(octets);
            lengths.addAll(alone(octets));
            cutting.cut(new Octets(octets, octets.length), new ContentWriter(NO_LISTS));
        }
        steps.runAll();
        assertEquals(lengths, packed.lengths);
        assertArrayEquals(whole.toByteArray(), packed.octets.toByteArray());
    }

    @Test
    void aFeedThatFailsLeavesNothingToTheNext() throws Exception {
        Packed packed = new Packed();
        Steps steps = new Steps();
        Cutting cutting = new Cutting(ids, cutter, packed, readers, steps);
        byte[] broken = noise(9 << 20);
        assertThrows(
                IOException.class, () -> cutting.cut(new Octets(broken, (8 << 20) + 100), new ContentWriter(NO_LISTS)));
        steps.runAll();
        List<Integer> before = List.copyOf(packed.lengths);
        byte[] octets = noise(6 << 20);
        cutting.cut(new Octets(octets, octets.length), new ContentWriter(NO_LISTS));
        steps.runAll();
        assertEquals(alone(octets), packed.lengths.subList(before.size(), packed.lengths.size()));
        byte[] all = packed.octets.toByteArray();
        assertArrayEquals(octets, Arrays.copyOfRange(all, all.length - octets.length, all.length));
    }

    private byte[] noise(int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }

    private List<Integer> alone(byte[] octets) {
        List<Integer> lengths = new ArrayList<>();
        for (int from = 0; from < octets.length; from += lengths.get(lengths.size() - 1)) {
            lengths.add(cutter.cut(octets, from, octets.length - from, true));
        }
        return lengths;
    }

    /** Gives octets in pieces, as many as it is asked for at most, and fails when the reader goes on past {@code good}. */
    private static final class Octets implements Cutting.Feed {
        private final byte[] octets;
        private final int good;
        private int at;

        Octets(byte[] octets, int good) {
            this.octets = octets;
            this.good = good;
        }

        @Override
        public int fill(byte[] into, int from) throws IOException {
            int step = Math.min(into.length - from, octets.length - at);
            if (at + step > good) {
                throw new IOException("gone");
            }
            System.arraycopy(octets, at, into, from, step);
            at += step;
            return step;
        }

        @Override
        public boolean atEnd() {
            return at == octets.length;
        }
    }

    private final class Packed implements ChunkSink {
        final List<Integer> lengths = new ArrayList<>();
        final ByteArrayOutputStream octets = new ByteArrayOutputStream();

        @Override
        public boolean knows(ChunkId id) {
            return false;
        }

        @Override
        public void add(PackClass packClass, ChunkId id, byte[] chunk, int from, int length) {
            assertTrue(ids.of(chunk, from, length).equals(id), "it was named by other octets");
            lengths.add(length);
            octets.write(chunk, from, length);
        }
    }
}
