package org.cranny.engine.segment;

import org.cranny.engine.sealing.Frames;

/**
 * Where a segment stands in its pack and what is needed to open it, besides the pack's header.
 *
 * @param number counts from 0 in the pack
 * @param offset of its first frame in the pack
 * @param storedLength octets after compression, before sealing
 * @param rawLength octets before compression
 */
public record SegmentRef(int number, long offset, int storedLength, int rawLength, Codec codec) {
    public SegmentRef {
        if (number < 0 || offset < 0 || storedLength < 1 || rawLength < storedLength) {
            throw new IllegalArgumentException("no segment has these lengths: " + storedLength + " of " + rawLength);
        }
        if (rawLength > SegmentBuilder.MAX_RAW) {
            throw new IllegalArgumentException("a segment has at most " + SegmentBuilder.MAX_RAW + " octets");
        }
    }

    /** The octets that it takes in the pack. */
    public int sealedLength() {
        return (int) Frames.sealedLength(storedLength);
    }

    /** The first octet after it in the pack. */
    public long end() {
        return offset + sealedLength();
    }
}
