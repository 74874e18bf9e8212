package org.cranny.readers;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.pack.IndexEntry;
import org.cranny.engine.pack.PackFooter;
import org.cranny.engine.pack.PackReader;
import org.cranny.engine.pack.RangeSource;
import org.cranny.engine.sealing.Frames;
import org.cranny.engine.sealing.PackCipher;
import org.cranny.engine.sealing.PackException;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.engine.sealing.Section;
import org.cranny.engine.segment.ChunkEntry;
import org.cranny.engine.segment.Codec;
import org.cranny.engine.segment.SegmentOpener;
import org.cranny.engine.segment.SegmentRef;
import org.cranny.engine.tree.Content;
import org.cranny.engine.tree.DataMap;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.FileParts;
import org.cranny.engine.tree.MalformedTreeException;
import org.cranny.engine.tree.NodeSource;
import org.cranny.engine.tree.Nodes;
import org.cranny.engine.tree.Thing;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Texts;
import org.cranny.protocol.snapshot.PackClass;

/** What a source finds in packs, as if somebody with its keys had sealed it. */
final class PackReaders {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final KeyRing RING = KeyRing.create(Golden.SOURCE, RANDOM);
    private static final SegmentOpener OPENER = new SegmentOpener();
    private static final int TRAILER = 32;
    private static final ChunkId TOP = ChunkId.of(new byte[ChunkId.LENGTH]);
    private static final long SIZE = 1L << 40;

    private PackReaders() {}

    static List<Reader> all() throws Exception {
        Golden golden = Golden.get();
        return List.of(
                Reader.of("pack-header", PackException.class, golden.headers(), PackHeader::parse),
                Reader.of("pack", PackException.class, List.of(packSeed(), emptyPackSeed()), PackReaders::pack),
                Reader.of("segment", PackException.class, segmentSeeds(), PackReaders::segment),
                Reader.of("index-entry", PackException.class, golden.indexEntries(), IndexEntry::decode),
                Reader.of("tree-node", MalformedTreeException.class, golden.nodes(), PackReaders::node),
                Reader.of("tree-list", MalformedTreeException.class, golden.nodes(), PackReaders::lists));
    }

    /** Length of the footer (u16), footer, trailer, the pack's one segment as it is stored; each is sealed as in a pack. */
    private static void pack(byte[] octets) throws IOException {
        if (octets.length < 2 + TRAILER) {
            return;
        }
        ByteBuffer in = ByteBuffer.wrap(octets);
        int footerLength = Math.min(Short.toUnsignedInt(in.getShort()), octets.length - 2 - TRAILER);
        int trailerAt = 2 + footerLength;
        int segmentAt = trailerAt + TRAILER;
        PackCipher cipher = PackCipher.sealing(RING, PackClass.DATA, RANDOM);
        ByteArrayOutputStream pack = new ByteArrayOutputStream();
        pack.writeBytes(cipher.header().bytes());
        if (segmentAt < octets.length) {
            pack.writeBytes(sealed(cipher, Section.segment(0), octets, segmentAt, octets.length));
        }
        pack.writeBytes(sealed(cipher, Section.FOOTER, octets, 2, trailerAt));
        pack.writeBytes(sealed(cipher, Section.PADDING, octets, 0, 0));
        pack.writeBytes(sealed(cipher, Section.TRAILER, octets, trailerAt, segmentAt));
        byte[] whole = pack.toByteArray();
        RangeSource ranges = new RangeSource() {
            @Override
            public byte[] read(long offset, int length) {
                int from = (int) Math.max(0, Math.min(offset, whole.length));
                return Arrays.copyOfRange(whole, from, from + Math.min(length, whole.length - from));
            }

            @Override
            public long length() {
                return whole.length;
            }
        };
        try (PackReader reader = PackReader.open(ranges, RING, OPENER)) {
            reader.check();
        }
    }

    private static byte[] sealed(PackCipher cipher, Section section, byte[] octets, int from, int to) {
        byte[] sealed = new byte[(int) Frames.sealedLength(to - from)];
        cipher.seal(section, octets, from, to - from, sealed, 0);
        return sealed;
    }

    private static byte[] packSeed() {
        byte[] plain = Texts.octets("what a pack holds, and what it holds");
        SegmentRef ref = new SegmentRef(0, PackHeader.LENGTH, plain.length, plain.length, Codec.NONE);
        List<ChunkEntry> chunks = List.of(new ChunkEntry(TOP, 10), new ChunkEntry(TOP, plain.length - 10));
        return packed(new PackFooter(List.of(new PackFooter.Segment(ref, chunks))), plain, ref.end());
    }

    private static byte[] emptyPackSeed() {
        return packed(new PackFooter(List.of()), new byte[0], PackHeader.LENGTH);
    }

    private static byte[] packed(PackFooter footer, byte[] segment, long end) {
        byte[] plain = footer.encode();
        return ByteBuffer.allocate(2 + plain.length + TRAILER + segment.length)
                .putShort((short) plain.length)
                .put(plain)
                .putLong(end)
                .putLong(plain.length)
                .putInt(footer.segments().size())
                .put(new byte[12])
                .put(segment)
                .array();
    }

    /** Codec, length before compression (u24, at most 1 MiB), then the segment as it is stored. */
    private static void segment(byte[] octets) throws PackException {
        int stored = octets.length - 4;
        if (stored < 1) {
            return;
        }
        ByteBuffer in = ByteBuffer.wrap(octets);
        Codec codec = Codec.ofCode(in.get() & 3).orElseThrow();
        int raw = (in.getInt(0) & 0xfffff) + 1;
        if (raw < stored) {
            return;
        }
        PackCipher cipher = PackCipher.sealing(RING, PackClass.DATA, RANDOM);
        byte[] sealed = sealed(cipher, Section.segment(0), octets, 4, octets.length);
        OPENER.open(cipher, new SegmentRef(0, PackHeader.LENGTH, stored, raw, codec), sealed, 0, new byte[raw]);
    }

    private static List<byte[]> segmentSeeds() throws IOException {
        byte[] raw = Texts.octets("twenty times the same: ".repeat(20));
        ByteArrayOutputStream lz4 = new ByteArrayOutputStream();
        try (OutputStream out = new LZ4FrameOutputStream(lz4)) {
            out.write(raw);
        }
        ByteArrayOutputStream xz = new ByteArrayOutputStream();
        try (OutputStream out = new XZCompressorOutputStream(xz)) {
            out.write(raw);
        }
        List<byte[]> seeds = new ArrayList<>();
        List<byte[]> stored = List.of(raw, Zstd.compress(raw), lz4.toByteArray(), xz.toByteArray());
        for (Codec codec : Codec.values()) {
            byte[] each = stored.get(codec.ordinal());
            seeds.add(ByteBuffer.allocate(4 + each.length)
                    .putInt(codec.code() << 24 | raw.length - 1)
                    .put(each)
                    .array());
        }
        return seeds;
    }

    /** As the top of a directory; all its children are an empty folder's. */
    private static void node(byte[] octets) throws IOException {
        NodeSource source = id -> id.equals(TOP) ? octets : new byte[] {1, 1, 0};
        for (Entry entry : Nodes.list(TOP, source)) {
            if (entry.thing() instanceof Thing.File file) {
                FileParts.extents(file, id -> octets);
            }
            entry.attributes().modified();
            entry.printableName();
        }
        Nodes.find(TOP, new byte[] {'a'}, source);
    }

    /** As the list of a file's chunks, or of its extents. */
    private static void lists(byte[] octets) throws IOException {
        if (octets.length > 1 && octets[1] == 4) {
            FileParts.extents(
                    new Thing.File(SIZE, new Content.Listed(List.of(TOP)), new DataMap.Listed(List.of(TOP, TOP))),
                    id -> octets);
        } else {
            FileParts.chunks(new Thing.File(SIZE, new Content.Listed(List.of(TOP)), DataMap.DENSE), id -> octets);
        }
    }
}
