package org.cranny.engine.segment;

import java.util.ArrayList;
import java.util.List;
import org.cranny.engine.chunking.ChunkId;

/**
 * Collects chunks in walk order until they make a segment, so that small files compress together and their sizes stay
 * private.
 *
 * <p>A segment has up to {@link #TARGET} octets and {@link #MAX_CHUNKS} chunks; a longer chunk has one of its own.
 * Chunks have 1 to {@link #MAX_RAW} octets. One thread fills a builder; the segments it gives out may be sealed and
 * closed by others.
 */
public final class SegmentBuilder {
    public static final int TARGET = 2 << 20;
    public static final int MAX_CHUNKS = 4096;
    /** The longest segment that is ever written or read, and so the longest chunk. */
    public static final int MAX_RAW = 16 << 20;

    private final Buffers buffers = new Buffers(TARGET);
    private byte[] octets = {};
    private int filled;
    private List<ChunkEntry> chunks = new ArrayList<>();

    /** Whether a chunk of this length may join; anything may join an empty segment. */
    public boolean fits(int length) {
        return chunks.isEmpty() || (chunks.size() < MAX_CHUNKS && filled + (long) length <= TARGET);
    }

    public boolean isEmpty() {
        return chunks.isEmpty();
    }

    /**
     * Copies a chunk in.
     *
     * @return the chunk's offset in the raw segment
     */
    public int add(ChunkId id, byte[] data, int from, int length) {
        if (length < 1 || length > MAX_RAW) {
            throw new IllegalArgumentException("a chunk has 1 to " + MAX_RAW + " octets, not " + length);
        }
        if (!fits(length)) {
            throw new IllegalStateException("the chunk does not fit: take the segment first");
        }
        if (chunks.isEmpty()) {
            octets = buffers.lend(Math.max(length, TARGET));
        }
        int offset = filled;
        System.arraycopy(data, from, octets, offset, length);
        filled += length;
        chunks.add(new ChunkEntry(id, length));
        return offset;
    }

    /** The segment so far; the builder begins the next one. */
    public Raw take() {
        if (chunks.isEmpty()) {
            throw new IllegalStateException("a segment has at least one chunk");
        }
        Raw raw = new Raw(buffers, octets, filled, List.copyOf(chunks));
        octets = new byte[0];
        filled = 0;
        chunks = new ArrayList<>();
        return raw;
    }

    /** Chunks, one after the other, before compression. Close it when it is sealed: the memory is used again. */
    public static final class Raw implements AutoCloseable {
        private final Buffers buffers;
        private final int length;
        private final List<ChunkEntry> chunks;
        private byte[] octets;

        private Raw(Buffers buffers, byte[] octets, int length, List<ChunkEntry> chunks) {
            this.buffers = buffers;
            this.octets = octets;
            this.length = length;
            this.chunks = chunks;
        }

        byte[] octets() {
            if (octets.length == 0) {
                throw new IllegalStateException("this segment was closed");
            }
            return octets;
        }

        public int length() {
            return length;
        }

        public List<ChunkEntry> chunks() {
            return chunks;
        }

        @Override
        public void close() {
            if (octets.length > 0) {
                buffers.giveBack(octets);
                octets = new byte[0];
            }
        }
    }
}
