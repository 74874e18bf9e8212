package org.cranny.engine.index;

import java.nio.ByteBuffer;
import org.cranny.engine.chunking.ChunkId;

/**
 * Says "certainly not" for about 99 of 100 ids that are not in a run: 10 bits an id, 7 probes.
 *
 * <p>Chunk ids are uniformly random already, so two of their words serve as the two hashes.
 */
final class BloomFilter {
    static final int BITS_PER_ID = 10;
    static final int PROBES = 7;

    private final long[] words;

    private BloomFilter(long[] words) {
        this.words = words;
    }

    static BloomFilter sizedFor(long ids) {
        return new BloomFilter(new long[wordsFor(ids)]);
    }

    static BloomFilter read(ByteBuffer in, int wordCount) {
        long[] words = new long[wordCount];
        in.asLongBuffer().get(words);
        in.position(in.position() + wordCount * Long.BYTES);
        return new BloomFilter(words);
    }

    private static int wordsFor(long ids) {
        return Math.toIntExact(Math.max(1, (ids * BITS_PER_ID + Long.SIZE - 1) / Long.SIZE));
    }

    int wordCount() {
        return words.length;
    }

    long word(int index) {
        return words[index];
    }

    void add(ChunkId id) {
        long hash = id.word(1);
        for (int probe = 0; probe < PROBES; probe++, hash += id.word(2) | 1) {
            long bit = bit(hash);
            words[(int) (bit >>> 6)] |= 1L << bit;
        }
    }

    boolean mayContain(ChunkId id) {
        long hash = id.word(1);
        for (int probe = 0; probe < PROBES; probe++, hash += id.word(2) | 1) {
            long bit = bit(hash);
            if ((words[(int) (bit >>> 6)] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Spreads a hash over all bits without a division. */
    private long bit(long hash) {
        return Math.multiplyHigh(hash >>> 1, (long) words.length << 7);
    }
}
