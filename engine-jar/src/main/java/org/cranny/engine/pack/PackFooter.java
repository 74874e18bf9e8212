package org.cranny.engine.pack;

import java.util.ArrayList;
import java.util.List;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.sealing.MalformedPackException;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.engine.segment.ChunkEntry;
import org.cranny.engine.segment.Codec;
import org.cranny.engine.segment.SegmentBuilder;
import org.cranny.engine.segment.SegmentRef;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;

/**
 * What lies where in a pack: every segment, in order, and the chunks in each.
 *
 * <p>Decoding is total: any octets give a footer that keeps all rules of {@code docs/format/pack.md}, or a
 * {@link MalformedPackException}, in memory that is a small multiple of their length.
 */
public record PackFooter(List<Segment> segments) {
    /** The longest footer that is ever read. */
    static final int MAX_LENGTH = 12 << 20;

    private static final int SMALLEST_CHUNK = ChunkId.LENGTH + 1;
    private static final int SMALLEST_SEGMENT = 5 + SMALLEST_CHUNK;

    /** A segment's place and the chunks in it, one after the other. */
    public record Segment(SegmentRef ref, List<ChunkEntry> chunks) {
        public Segment {
            chunks = List.copyOf(chunks);
        }
    }

    public PackFooter {
        segments = List.copyOf(segments);
    }

    /** The number of chunks in the pack. */
    public int chunkCount() {
        return segments.stream().mapToInt(segment -> segment.chunks().size()).sum();
    }

    /** The first octet after the last segment. */
    long end() {
        return segments.isEmpty()
                ? PackHeader.LENGTH
                : segments.get(segments.size() - 1).ref().end();
    }

    /** The footer's plaintext. */
    public byte[] encode() {
        OctetWriter out = new OctetWriter(64 + 40 * chunkCount());
        write(out);
        return out.toByteArray();
    }

    void write(OctetWriter out) {
        out.varint(segments.size());
        for (Segment segment : segments) {
            SegmentRef ref = segment.ref();
            out.varint(ref.offset()).varint(ref.storedLength()).varint(ref.rawLength());
            out.u8(ref.codec().code()).varint(segment.chunks().size());
            for (ChunkEntry chunk : segment.chunks()) {
                out.raw(chunk.id().bytes()).varint(chunk.length());
            }
        }
    }

    /** Reads what {@link #encode()} wrote. */
    public static PackFooter decode(byte[] octets) throws MalformedPackException {
        return decode(new OctetReader(octets));
    }

    static PackFooter decode(OctetReader in) throws MalformedPackException {
        try {
            List<Segment> segments = new ArrayList<>();
            long offset = PackHeader.LENGTH;
            for (int left = in.count(SMALLEST_SEGMENT); left > 0; left--) {
                Segment segment = decodeSegment(in, segments.size(), offset);
                segments.add(segment);
                offset = segment.ref().end();
            }
            in.end();
            return new PackFooter(segments);
        } catch (MalformedException e) {
            throw new MalformedPackException("the pack's footer is malformed: " + e.getMessage(), e);
        }
    }

    private static Segment decodeSegment(OctetReader in, int number, long expectedOffset) throws MalformedException {
        if (in.varint() != expectedOffset) {
            throw new MalformedException("segment " + number + " does not follow the one before");
        }
        int storedLength = length(in);
        int rawLength = length(in);
        Codec codec = Codec.ofCode(in.u8())
                .orElseThrow(() -> new MalformedException("the codec of segment " + number + " is unknown"));
        if (codec == Codec.NONE ? storedLength != rawLength : storedLength >= rawLength) {
            throw new MalformedException("segment " + number + " is longer compressed than not");
        }
        List<ChunkEntry> chunks = decodeChunks(in, number, rawLength);
        return new Segment(new SegmentRef(number, expectedOffset, storedLength, rawLength, codec), chunks);
    }

    private static List<ChunkEntry> decodeChunks(OctetReader in, int number, int rawLength) throws MalformedException {
        int count = in.count(SMALLEST_CHUNK);
        List<ChunkEntry> chunks = new ArrayList<>(count);
        long sum = 0;
        for (int left = count; left > 0; left--) {
            ChunkId id = ChunkId.of(in.raw(ChunkId.LENGTH));
            ChunkEntry chunk = new ChunkEntry(id, length(in));
            sum += chunk.length();
            chunks.add(chunk);
        }
        if (sum != rawLength) {
            throw new MalformedException("the chunks of segment " + number + " do not add up");
        }
        return chunks;
    }

    private static int length(OctetReader in) throws MalformedException {
        long length = in.varint();
        if (length < 1 || length > SegmentBuilder.MAX_RAW) {
            throw new MalformedException("a length of " + length);
        }
        return (int) length;
    }
}
