package org.cranny.engine.chunking;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.cranny.engine.keys.FixedRandom;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.TestKeys;
import org.junit.jupiter.api.Test;

class ChunkIdsTest {
    private final ChunkIds ids = ChunkIds.of(TestKeys.ring());

    @Test
    void namesAsVersionOneDoes() {
        assertEquals(
                "d42d6afb45f6f5fe9d6ae6a2f7c331e50cf14540995da07a659d02d1077625a2",
                ids.of("the quick brown fox".getBytes(US_ASCII)).toString());
    }

    @Test
    void namesTheSameOctetsTheSameHoweverTheyCome() {
        byte[] chunk = new byte[100_000];
        new Random(2).nextBytes(chunk);
        byte[] moved = new byte[chunk.length + 5];
        System.arraycopy(chunk, 0, moved, 5, chunk.length);
        ChunkId expected = ids.of(chunk);
        assertEquals(expected, ids.of(moved, 5, chunk.length));
        assertEquals(expected, ids.of(ByteBuffer.wrap(chunk, 0, 10), ByteBuffer.wrap(chunk, 10, chunk.length - 10)));
        assertEquals(
                expected,
                ids.of(ByteBuffer.allocateDirect(chunk.length).put(chunk).flip()));
    }

    @Test
    void namesDependOnTheSource() {
        KeyRing other = KeyRing.create(TestKeys.SOURCE, new FixedRandom(1));
        assertNotEquals(ids.of(new byte[1]), ChunkIds.of(other).of(new byte[1]));
    }

    @Test
    void manyThreadsAgree() {
        byte[] chunk = new byte[1000];
        ChunkId expected = ids.of(chunk);
        assertTrue(IntStream.range(0, 10_000).parallel().allMatch(at -> ids.of(chunk)
                .equals(expected)));
    }

    @Test
    void idsOrderAsUnsignedOctets() {
        Random random = new Random(3);
        for (int round = 0; round < 1000; round++) {
            byte[] left = new byte[32];
            byte[] right = new byte[32];
            random.nextBytes(left);
            random.nextBytes(right);
            System.arraycopy(left, 0, right, 0, random.nextInt(33));
            int expected = Integer.signum(Arrays.compareUnsigned(left, right));
            assertEquals(expected, Integer.signum(ChunkId.of(left).compareTo(ChunkId.of(right))));
            assertEquals(expected == 0, ChunkId.of(left).equals(ChunkId.of(right)));
            assertArrayEquals(left, ChunkId.of(left).bytes());
        }
    }

    @Test
    void refusesIdsOfAnotherLength() {
        assertThrows(IllegalArgumentException.class, () -> ChunkId.of(new byte[31]));
    }
}
