package org.cranny.engine.segment;

import java.util.List;

/** A segment as it will stand in its pack. Close it when it is written: the memory is used again. */
public final class SealedSegment implements AutoCloseable {
    private final Buffers buffers;
    private final SegmentRef ref;
    private final List<ChunkEntry> chunks;
    private byte[] octets;

    SealedSegment(Buffers buffers, byte[] octets, SegmentRef ref, List<ChunkEntry> chunks) {
        this.buffers = buffers;
        this.octets = octets;
        this.ref = ref;
        this.chunks = chunks;
    }

    /** Its place once it is written at this offset of its pack. */
    public SegmentRef at(long offset) {
        return new SegmentRef(ref.number(), offset, ref.storedLength(), ref.rawLength(), ref.codec());
    }

    public int number() {
        return ref.number();
    }

    public List<ChunkEntry> chunks() {
        return chunks;
    }

    /** The sealed octets, from 0 to {@link #length()}; not a copy. */
    public byte[] octets() {
        if (octets.length == 0) {
            throw new IllegalStateException("this segment was closed");
        }
        return octets;
    }

    public int length() {
        return ref.sealedLength();
    }

    @Override
    public void close() {
        if (octets.length > 0) {
            buffers.giveBack(octets);
            octets = new byte[0];
        }
    }
}
