package org.cranny.engine.index;

import java.util.ArrayList;
import java.util.List;
import org.cranny.engine.pack.PackFooter;
import org.cranny.engine.sealing.MalformedPackException;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.engine.segment.Codec;
import org.cranny.engine.segment.SegmentBuilder;
import org.cranny.engine.segment.SegmentRef;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;
import org.cranny.protocol.snapshot.PackClass;

/** The kinds of record in the pack table: a pack, a pack with its header, or packs that died. Format: {@code docs/format/index.md}. */
final class PackRecord {
    static final int PACK = 1;
    static final int DIED = 2;
    static final int PACK_WITH_HEADER = 3;

    private static final int SMALLEST_SEGMENT = 3;

    private PackRecord() {}

    /** @param header null when it is not known */
    static byte[] pack(FragmentId id, PackClass packClass, long length, PackFooter footer, PackHeader header) {
        OctetWriter out = new OctetWriter()
                .u8(header == null ? PACK : PACK_WITH_HEADER)
                .raw(id.bytes())
                .u8(packClass.code());
        out.varint(length).varint(footer.segments().size());
        for (PackFooter.Segment segment : footer.segments()) {
            SegmentRef ref = segment.ref();
            out.varint(ref.storedLength())
                    .varint(ref.rawLength())
                    .u8(ref.codec().code());
        }
        if (header != null) {
            out.raw(header.bytes());
        }
        return out.toByteArray();
    }

    static byte[] died(List<Integer> ordinals) {
        OctetWriter out = new OctetWriter().u8(DIED).varint(ordinals.size());
        ordinals.forEach(out::varint);
        return out.toByteArray();
    }

    static boolean isPack(int kind) {
        return kind == PACK || kind == PACK_WITH_HEADER;
    }

    static FragmentId packId(OctetReader in) throws MalformedException {
        return FragmentId.read(in);
    }

    static List<Integer> diedOrdinals(OctetReader in) throws MalformedException {
        int count = in.count(1);
        List<Integer> ordinals = new ArrayList<>(count);
        for (int left = count; left > 0; left--) {
            ordinals.add((int) in.varint());
        }
        return ordinals;
    }

    static PackRow row(OctetReader in) throws MalformedException {
        int kind = in.u8();
        if (!isPack(kind)) {
            throw new MalformedException("it is not the record of a pack");
        }
        FragmentId id = packId(in);
        PackClass packClass = PackClass.of(in.u8());
        long length = in.varint();
        List<SegmentRef> segments = new ArrayList<>();
        long offset = PackHeader.LENGTH;
        for (int left = in.count(SMALLEST_SEGMENT); left > 0; left--) {
            SegmentRef segment = segment(in, segments.size(), offset);
            segments.add(segment);
            offset = segment.end();
        }
        return new PackRow(id, packClass, length, segments, kind == PACK_WITH_HEADER ? header(in) : null);
    }

    private static PackHeader header(OctetReader in) throws MalformedException {
        try {
            return PackHeader.parse(in.raw(PackHeader.LENGTH));
        } catch (MalformedPackException e) {
            throw new MalformedException(e.getMessage());
        }
    }

    private static SegmentRef segment(OctetReader in, int number, long offset) throws MalformedException {
        long storedLength = in.varint();
        long rawLength = in.varint();
        Codec codec = Codec.ofCode(in.u8()).orElseThrow(() -> new MalformedException("its codec is unknown"));
        if (storedLength < 1 || rawLength < storedLength || rawLength > SegmentBuilder.MAX_RAW) {
            throw new MalformedException("a segment has lengths that none has");
        }
        return new SegmentRef(number, offset, (int) storedLength, (int) rawLength, codec);
    }
}
