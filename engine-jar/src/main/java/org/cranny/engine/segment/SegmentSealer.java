package org.cranny.engine.segment;

import java.util.Arrays;
import org.cranny.engine.sealing.Frames;
import org.cranny.engine.sealing.PackCipher;
import org.cranny.engine.sealing.PackException;
import org.cranny.engine.sealing.Section;

/**
 * Compresses and seals segments, and lets none out before it has opened it again and found every octet.
 *
 * <p>Incompressible segments are stored as they are. One sealer serves all worker threads; its memory grows with the
 * number of threads at work at once.
 */
public final class SegmentSealer implements AutoCloseable {
    private final Compression compression;
    /** Most segments shrink to less than a quarter, and several wait for the one before them. */
    private final Buffers shortBuffers = new Buffers((int) Frames.sealedLength(SegmentBuilder.TARGET / 4));

    private final Buffers longBuffers = new Buffers((int) Frames.sealedLength(SegmentBuilder.TARGET));
    private final Scratches scratches = new Scratches();

    public SegmentSealer(Compression compression) {
        this.compression = compression;
    }

    /**
     * Compresses, seals, opens again and compares.
     *
     * @param number the segment's number in the cipher's pack, used for no other one; a segment that failed takes its
     *     number and its pack with it
     * @throws UnreadableSegmentException when the sealed octets do not give back what went in
     */
    public SealedSegment seal(PackCipher cipher, int number, SegmentBuilder.Raw raw) throws UnreadableSegmentException {
        Scratch scratch = scratches.lend();
        try {
            return seal(scratch, cipher, number, raw);
        } finally {
            scratches.giveBack(scratch);
        }
    }

    private SealedSegment seal(Scratch scratch, PackCipher cipher, int number, SegmentBuilder.Raw raw)
            throws UnreadableSegmentException {
        byte[] compressed = scratch.stored(Compressor.room(raw.length()));
        int length = Compressor.compress(compression, scratch, raw.octets(), raw.length(), compressed);
        boolean shrunk = length >= 0;
        SegmentRef ref = new SegmentRef(
                number, 0, shrunk ? length : raw.length(), raw.length(), shrunk ? compression.codec() : Codec.NONE);
        Buffers buffers = shortBuffers.isUsual(ref.sealedLength()) ? shortBuffers : longBuffers;
        byte[] sealed = buffers.lend(ref.sealedLength());
        byte[] stored = shrunk ? compressed : raw.octets();
        cipher.seal(Section.segment(number), stored, 0, ref.storedLength(), sealed, 0);
        SealedSegment segment = new SealedSegment(buffers, sealed, ref, raw.chunks());
        verify(scratch, cipher, ref, sealed, raw);
        return segment;
    }

    private static void verify(
            Scratch scratch, PackCipher cipher, SegmentRef ref, byte[] sealed, SegmentBuilder.Raw raw)
            throws UnreadableSegmentException {
        byte[] back = scratch.expanded(ref.rawLength());
        try {
            SegmentOpener.open(scratch, cipher, ref, sealed, 0, back);
        } catch (PackException e) {
            throw new UnreadableSegmentException(ref.number(), e);
        }
        if (!Arrays.equals(back, 0, ref.rawLength(), raw.octets(), 0, raw.length())) {
            throw new UnreadableSegmentException(ref.number(), null);
        }
    }

    /** Gives native memory back; no thread may be at work. */
    @Override
    public void close() {
        scratches.close();
    }
}
