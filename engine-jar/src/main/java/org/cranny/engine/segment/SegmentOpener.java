package org.cranny.engine.segment;

import java.util.Objects;
import org.cranny.engine.sealing.PackCipher;
import org.cranny.engine.sealing.PackException;
import org.cranny.engine.sealing.Section;

/**
 * Opens and expands segments: gives exactly what was sealed, or nothing.
 *
 * <p>Memory is bounded by the declared lengths, which are at most {@link SegmentBuilder#MAX_RAW}. One opener serves all
 * threads.
 */
public final class SegmentOpener implements AutoCloseable {
    private final Scratches scratches = new Scratches();

    /**
     * Opens a segment.
     *
     * @param sealed holds the segment's {@link SegmentRef#sealedLength()} octets from {@code from} on
     * @param out takes {@link SegmentRef#rawLength()} octets from 0 on
     */
    public void open(PackCipher cipher, SegmentRef ref, byte[] sealed, int from, byte[] out) throws PackException {
        Objects.checkFromIndexSize(from, ref.sealedLength(), sealed.length);
        Objects.checkFromIndexSize(0, ref.rawLength(), out.length);
        Scratch scratch = scratches.lend();
        try {
            open(scratch, cipher, ref, sealed, from, out);
        } finally {
            scratches.giveBack(scratch);
        }
    }

    static void open(Scratch scratch, PackCipher cipher, SegmentRef ref, byte[] sealed, int from, byte[] out)
            throws PackException {
        Section section = Section.segment(ref.number());
        if (ref.codec() == Codec.NONE && ref.storedLength() == ref.rawLength()) {
            cipher.open(section, sealed, from, ref.sealedLength(), out, 0);
            return;
        }
        byte[] stored = scratch.stored(ref.storedLength());
        cipher.open(section, sealed, from, ref.sealedLength(), stored, 0);
        Expander.expand(scratch, ref.codec(), stored, ref.storedLength(), out, ref.rawLength());
    }

    /** Gives native memory back; no thread may be at work. */
    @Override
    public void close() {
        scratches.close();
    }
}
