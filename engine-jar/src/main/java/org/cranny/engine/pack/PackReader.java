package org.cranny.engine.pack;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import org.cranny.engine.keys.PackKeys;
import org.cranny.engine.sealing.Frames;
import org.cranny.engine.sealing.MalformedPackException;
import org.cranny.engine.sealing.PackCipher;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.engine.sealing.Section;
import org.cranny.engine.segment.SegmentOpener;
import org.cranny.engine.segment.SegmentRef;

/**
 * Gives back exactly what was sealed into a pack, from as few of its octets as possible, or says what is wrong with it.
 *
 * <p>Opening reads the header (96 octets) and compares its key commitment; a segment whose place is known then takes one
 * more read. Whatever fails a seal is never released. Failures of the source of octets pass through; those of the pack
 * are {@link org.cranny.engine.sealing.PackException}s. Thread-safe when the source of octets is.
 */
public final class PackReader implements AutoCloseable {
    private final RangeSource octets;
    private final PackCipher cipher;
    private final SegmentOpener opener;
    private volatile Bounds bounds;

    private record Bounds(Trailer trailer, PackFooter footer) {}

    private PackReader(RangeSource octets, PackCipher cipher, SegmentOpener opener) {
        this.octets = octets;
        this.cipher = cipher;
        this.opener = opener;
    }

    /** Reads the header. The opener may serve any number of readers. */
    public static PackReader open(RangeSource octets, PackKeys keys, SegmentOpener opener) throws IOException {
        return open(PackHeader.parse(take(octets, 0, PackHeader.LENGTH)), octets, keys, opener);
    }

    /** Reads nothing: the header is known already. */
    public static PackReader open(PackHeader header, RangeSource octets, PackKeys keys, SegmentOpener opener)
            throws IOException {
        return new PackReader(octets, PackCipher.opening(header, keys), opener);
    }

    public PackHeader header() {
        return cipher.header();
    }

    /** What lies where; reads trailer and footer the first time. */
    public PackFooter footer() throws IOException {
        return bounds().footer();
    }

    /** The octets of a segment before compression: its chunks, one after the other. */
    public byte[] openSegment(SegmentRef ref) throws IOException {
        byte[] raw = new byte[ref.rawLength()];
        openSegment(ref, raw);
        return raw;
    }

    /** As {@link #openSegment(SegmentRef)}, into an array that has room from 0 on. */
    public void openSegment(SegmentRef ref, byte[] out) throws IOException {
        openSegment(ref, take(octets, ref.offset(), ref.sealedLength()), 0, out);
    }

    /** As {@link #openSegment(SegmentRef, byte[])}, from sealed octets that were fetched already. */
    public void openSegment(SegmentRef ref, byte[] sealed, int from, byte[] out) throws IOException {
        opener.open(cipher, ref, sealed, from, out);
    }

    /** Opens everything in the pack, padding too, and compares the footer with what it describes. */
    public void check() throws IOException {
        Bounds whole = bounds();
        List<PackFooter.Segment> segments = whole.footer().segments();
        byte[] raw = new byte[largest(segments, SegmentRef::rawLength)];
        byte[] sealed = new byte[largest(segments, SegmentRef::sealedLength)];
        for (PackFooter.Segment segment : segments) {
            SegmentRef ref = segment.ref();
            octets.read(ref.offset(), ref.sealedLength(), sealed);
            openSegment(ref, sealed, 0, raw);
        }
        long from = whole.trailer().footerEnd();
        byte[] padding = openSection(Section.PADDING, from, octets.length() - Trailer.SEALED - from);
        for (byte octet : padding) {
            if (octet != 0) {
                throw new MalformedPackException("the pack's padding is not zero");
            }
        }
    }

    private static int largest(List<PackFooter.Segment> segments, ToIntFunction<SegmentRef> length) {
        return segments.stream()
                .map(PackFooter.Segment::ref)
                .mapToInt(length)
                .max()
                .orElse(0);
    }

    private Bounds bounds() throws IOException {
        Bounds known = bounds;
        if (known == null) {
            known = readBounds();
            bounds = known;
        }
        return known;
    }

    private Bounds readBounds() throws IOException {
        long length = octets.length();
        if (length < PackHeader.LENGTH + Trailer.SEALED) {
            throw new MalformedPackException("the pack is cut short: " + length + " octets");
        }
        byte[] plain = openSection(Section.TRAILER, length - Trailer.SEALED, Trailer.SEALED);
        Trailer trailer = Trailer.decode(plain, length);
        PackFooter footer = PackFooter.decode(
                openSection(Section.FOOTER, trailer.footerOffset(), Frames.sealedLength(trailer.footerLength())));
        if (footer.segments().size() != trailer.segments() || footer.end() != trailer.footerOffset()) {
            throw new MalformedPackException("the pack's footer and trailer do not agree");
        }
        return new Bounds(trailer, footer);
    }

    private byte[] openSection(Section section, long offset, long sealedLength) throws IOException {
        if (sealedLength < Frames.TAG || sealedLength > Frames.sealedLength(PackFooter.MAX_LENGTH)) {
            throw new MalformedPackException(section + " cannot be " + sealedLength + " octets long");
        }
        int length = (int) sealedLength;
        byte[] plain = new byte[length];
        int filled = cipher.open(section, take(octets, offset, length), 0, length, plain, 0);
        return Arrays.copyOf(plain, filled);
    }

    private static byte[] take(RangeSource octets, long offset, int length) throws IOException {
        return exactly(octets.read(offset, length), offset, length);
    }

    static byte[] exactly(byte[] range, long offset, int length) throws MalformedPackException {
        if (range.length != length) {
            throw new MalformedPackException(
                    "asked for " + length + " octets of the pack from " + offset + ", got " + range.length);
        }
        return range;
    }

    /** Forgets the pack's key; closes neither the source of octets nor the opener. */
    @Override
    public void close() {
        cipher.destroy();
    }
}
