package org.cranny.engine.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.posix.Extent;
import org.cranny.engine.posix.FileType;
import org.cranny.engine.posix.Xattr;
import org.junit.jupiter.api.Test;

class NodesTest {
    private static final Attributes PLAIN = new Attributes(0644, 0, 0, "root", "root", -1, 5, List.of());

    private final Shelf shelf = new Shelf();

    @Test
    void keepsThePromisedOctets() throws IOException {
        ChunkId id = Nodes.encode(List.of(file("a")), shelf::store);
        String page = Files.readString(Path.of("../docs/format/tree.md"));
        String promised = page.substring(page.lastIndexOf("```\n01") + 4, page.lastIndexOf("\n```"));
        assertEquals(promised, HexFormat.ofDelimiter(" ").formatHex(shelf.load(id)));
    }

    @Test
    void bringsEveryKindOfEntryBackAsItWas() throws IOException {
        List<Entry> entries = oddities();
        ChunkId id = Nodes.encode(entries, shelf::store);
        assertEquals(entries, Nodes.list(id, shelf::load));
        assertEquals(id, Nodes.encode(Nodes.list(id, shelf::load), shelf::store));
    }

    @Test
    void emptyDirectoryIsOneEmptyLeaf() throws IOException {
        ChunkId id = Nodes.encode(List.of(), shelf::store);
        assertArrayEquals(new byte[] {1, 1, 0}, shelf.load(id));
        assertEquals(List.of(), Nodes.list(id, shelf::load));
    }

    @Test
    void splitsLargeDirectoriesAndFindsEveryName() throws IOException {
        List<Entry> entries = numbered(20_000);
        ChunkId id = Nodes.encode(entries, shelf::store);
        assertTrue(shelf.size() > 10 && shelf.size() < 60, "nodes: " + shelf.size());
        assertEquals(entries, Nodes.list(id, shelf::load));
        for (int i = 0; i < entries.size(); i += 777) {
            Entry entry = entries.get(i);
            assertEquals(entry, Nodes.find(id, entry.name(), shelf::load).orElseThrow());
        }
        assertFalse(Nodes.find(id, name("000"), shelf::load).isPresent());
        assertFalse(Nodes.find(id, name("zzz"), shelf::load).isPresent());
        assertFalse(Nodes.find(id, name("n00100x"), shelf::load).isPresent());
    }

    @Test
    void staysOneLeafUpTo4096Entries() throws IOException {
        Nodes.encode(numbered(4096), shelf::store);
        assertEquals(1, shelf.size());
        Nodes.encode(numbered(4097), shelf::store);
        assertTrue(shelf.size() > 3, "nodes: " + shelf.size());
    }

    @Test
    void oneNewNameInALargeDirectoryChangesFewNodes() throws IOException {
        List<Entry> entries = numbered(20_000);
        Nodes.encode(entries, shelf::store);
        int before = shelf.size();
        entries.add(1, file("n00000x"));
        Nodes.encode(entries, shelf::store);
        assertTrue(shelf.size() - before <= 3, "new nodes: " + (shelf.size() - before));
    }

    @Test
    void splitsDirectoriesOfLargeEntriesToo() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Xattr large = Xattr.of("user.large", new byte[60_000]);
            Attributes attributes = new Attributes(0644, 0, 0, "", "", i, 0, List.of(large));
            entries.add(new Entry(name(String.format("%03d", i)), attributes, emptyFile(), 0));
        }
        ChunkId id = Nodes.encode(entries, shelf::store);
        assertEquals(entries, Nodes.list(id, shelf::load));
        shelf.forEach(node -> assertTrue(node.length <= TreeLimits.LEAF_SIZE + 10, "octets: " + node.length));
    }

    @Test
    void growsASecondLevelOfIndex() throws IOException {
        List<Entry> entries = cutAfterEveryName(5000);
        ChunkId id = Nodes.encode(entries, shelf::store);
        assertEquals(2, shelf.load(id)[2]);
        assertEquals(entries, Nodes.list(id, shelf::load));
        assertEquals(
                entries.get(4500),
                Nodes.find(id, entries.get(4500).name(), shelf::load).orElseThrow());
    }

    @Test
    void listsChunksOfBigFilesApart() throws IOException {
        for (int count : new int[] {0, 1, 1024, 1025, 4096, 4097, 10_000}) {
            ContentWriter writer = new ContentWriter(shelf::store);
            List<ChunkRef> chunks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                chunks.add(new ChunkRef(id(i), i + 1));
                writer.add(chunks.get(i));
            }
            Content content = writer.finish();
            assertEquals(count > 1024, content instanceof Content.Listed);
            assertEquals(chunks, FileParts.chunks(new Thing.File(1, content, DataMap.DENSE), shelf::load));
        }
    }

    @Test
    void listsExtentsOfCombsApart() throws IOException {
        for (int count : new int[] {0, 1, 1024, 1025, 9000}) {
            List<Extent> extents = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                extents.add(new Extent(i * 8192L + 4096, 4096));
            }
            long size = 100L << 20;
            DataMap map = FileParts.dataMap(extents, size, shelf::store);
            assertEquals(count > 1024, map instanceof DataMap.Listed);
            assertEquals(extents, FileParts.extents(new Thing.File(size, Content.EMPTY, map), shelf::load));
        }
    }

    @Test
    void denseFilesHaveOneExtentAndEmptyOnesNone() throws IOException {
        assertEquals(DataMap.DENSE, FileParts.dataMap(List.of(new Extent(0, 10)), 10, shelf::store));
        assertEquals(DataMap.DENSE, FileParts.dataMap(List.of(), 0, shelf::store));
        Thing.File file = new Thing.File(10, Content.EMPTY, DataMap.DENSE);
        assertEquals(List.of(new Extent(0, 10)), FileParts.extents(file, shelf::load));
        assertEquals(List.of(), FileParts.extents((Thing.File) emptyFile(), shelf::load));
    }

    @Test
    void refusesNamesThatLeadElsewhere() {
        for (String bad : List.of("", ".", "..", "a/b", "/", "a\0b", "n".repeat(256))) {
            assertThrows(IllegalArgumentException.class, () -> file(bad), bad);
        }
        assertEquals(255, file("n".repeat(255)).name().length);
    }

    @Test
    void refusesToWriteWhatItWouldNotRead() {
        Thing.File tooShort = new Thing.File(5, new Content.Inline(List.of(new ChunkRef(id(1), 4))), DataMap.DENSE);
        List<Entry> entries = List.of(new Entry(name("a"), PLAIN, tooShort, 0));
        assertThrows(IllegalArgumentException.class, () -> Nodes.encode(entries, shelf::store));
    }

    @Test
    void refusesEntriesOutOfOrder() {
        assertThrows(IllegalArgumentException.class, () -> Nodes.encode(List.of(file("b"), file("a")), shelf::store));
        assertThrows(IllegalArgumentException.class, () -> Nodes.encode(List.of(file("a"), file("a")), shelf::store));
    }

    @Test
    void anyChangeOfAnyOctetIsReadAsWrittenOrRefused() throws IOException {
        byte[] node = shelf.load(Nodes.encode(oddities(), shelf::store));
        for (int at = 0; at < node.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = node.clone();
                changed[at] ^= (byte) (1 << bit);
                isReadAsWrittenOrRefused(changed);
            }
            isReadAsWrittenOrRefused(java.util.Arrays.copyOf(node, at));
        }
    }

    @Test
    void anyNoiseIsReadAsWrittenOrRefused() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            byte[] noise = new byte[random.nextInt(80)];
            random.nextBytes(noise);
            if (noise.length > 2) {
                noise[0] = 1;
                noise[1] = (byte) (1 + random.nextInt(4));
                noise[2] &= 3;
            }
            isReadAsWrittenOrRefused(noise);
        }
    }

    @Test
    void countsBeyondTheOctetsAtHandAreRefusedBeforeAnythingIsAllocated() {
        for (int kind = 1; kind <= 4; kind++) {
            Writer huge = Node.begin(kind);
            if (kind == Node.INDEX) {
                huge.octet(1);
            }
            byte[] node = huge.varint(4096).toBytes();
            assertThrows(MalformedTreeException.class, () -> decodeAny(node));
        }
        assertThrows(MalformedTreeException.class, () -> Node.decode(new byte[TreeLimits.NODE_SIZE + 1]));
    }

    @Test
    void refusesAnIndexThatNamesItselfOrLies() throws IOException {
        ChunkId leaf = Nodes.encode(List.of(file("a")), shelf::store);
        Node.Child wrongName = new Node.Child(name("b"), leaf);
        ChunkId lying = shelf.store(Node.encodeIndex(new Node.Index(1, List.of(wrongName))));
        assertThrows(MalformedTreeException.class, () -> Nodes.list(lying, shelf::load));
        Node.Child tooHigh = new Node.Child(name("a"), leaf);
        ChunkId high = shelf.store(Node.encodeIndex(new Node.Index(2, List.of(tooHigh))));
        assertThrows(MalformedTreeException.class, () -> Nodes.list(high, shelf::load));
        byte[] endless = Node.encodeIndex(new Node.Index(1, List.of(tooHigh)));
        assertThrows(MalformedTreeException.class, () -> Nodes.list(leaf, any -> endless));
    }

    /** What the decoder accepts, the encoder makes again octet by octet. */
    private void isReadAsWrittenOrRefused(byte[] octets) {
        try {
            assertArrayEquals(octets, decodeAny(octets));
        } catch (MalformedTreeException refused) {
            assertTrue(refused.getMessage().startsWith("malformed directory node: "));
        }
    }

    private static byte[] decodeAny(byte[] octets) throws MalformedTreeException {
        if (octets.length > 1 && octets[1] == Node.CHUNKS) {
            return Node.encodeChunks(Node.decodeChunks(octets));
        }
        if (octets.length > 1 && octets[1] == Node.EXTENTS) {
            return Node.encodeExtents(Node.decodeExtents(octets, 0, Long.MAX_VALUE), 0);
        }
        Node node = Node.decode(octets);
        if (node instanceof Node.Index index) {
            return Node.encodeIndex(index);
        }
        List<Entry> entries = ((Node.Leaf) node).entries();
        Writer out = Node.begin(Node.LEAF).varint(entries.size());
        entries.forEach(entry -> EntryFormat.write(entry, out));
        return out.toBytes();
    }

    private static List<Entry> oddities() {
        List<Xattr> xattrs = List.of(
                Xattr.of("system.posix_acl_access", new byte[] {2, 0, 0, 0}),
                Xattr.of("user.empty", new byte[0]),
                Xattr.of("user.x", new byte[300]));
        Attributes rich =
                new Attributes(07777, 0xffff_fffeL, 12345, "jürgen", "", Long.MIN_VALUE / 4, 999_999_999, xattrs);
        List<ChunkRef> chunks = List.of(new ChunkRef(id(1), 5000), new ChunkRef(id(2), 1));
        DataMap sparse = new DataMap.Inline(List.of(new Extent(4096, 5000), new Extent(1L << 40, 1)));
        List<Entry> entries = new ArrayList<>(List.of(
                new Entry(name("file"), rich, new Thing.File(5001, new Content.Inline(chunks), DataMap.DENSE), 1),
                new Entry(name("sparse"), rich, new Thing.File(1L << 41, new Content.Inline(chunks), sparse), -1),
                new Entry(name("hole"), PLAIN, new Thing.File(7, Content.EMPTY, new DataMap.Inline(List.of())), 0),
                new Entry(
                        name("huge"),
                        PLAIN,
                        new Thing.File(
                                Long.MAX_VALUE,
                                new Content.Listed(List.of(id(3), id(4))),
                                new DataMap.Listed(List.of(id(5)))),
                        0),
                new Entry(name("directory"), rich, new Thing.Directory(id(6)), 0),
                new Entry(new byte[] {(byte) 0xff}, PLAIN, new Thing.Symlink(new byte[] {(byte) 0xfe, '/'}), 9),
                new Entry(name("fifo"), PLAIN, new Thing.Special(FileType.FIFO, 0, 0), 0),
                new Entry(name("socket"), PLAIN, new Thing.Special(FileType.SOCKET, 0, 0), 0),
                new Entry(name("null"), PLAIN, new Thing.Special(FileType.CHARACTER, 1, 3), 0),
                new Entry(name("disk"), PLAIN, new Thing.Special(FileType.BLOCK, 4095, 0xffff_ffffL), 0)));
        Collections.sort(entries);
        return entries;
    }

    private static List<Entry> numbered(int count) {
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(file(String.format("n%05d", i)));
        }
        return entries;
    }

    /** Names after each of which a leaf ends. */
    private static List<Entry> cutAfterEveryName(int count) {
        Set<String> names = new TreeSet<>();
        for (int i = 0; names.size() < count; i++) {
            java.util.zip.CRC32 crc = new java.util.zip.CRC32();
            crc.update(name("c" + i));
            if ((crc.getValue() & 0x3ff) == 0) {
                names.add("c" + i);
            }
        }
        return names.stream().map(NodesTest::file).toList();
    }

    private static Entry file(String name) {
        return new Entry(name(name), PLAIN, emptyFile(), 0);
    }

    private static Thing emptyFile() {
        return new Thing.File(0, Content.EMPTY, DataMap.DENSE);
    }

    private static byte[] name(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private static ChunkId id(int number) {
        byte[] octets = new byte[ChunkId.LENGTH];
        octets[0] = (byte) number;
        octets[1] = (byte) (number >> 8);
        octets[31] = 1;
        return ChunkId.of(octets);
    }
}
