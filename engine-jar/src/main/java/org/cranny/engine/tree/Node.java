package org.cranny.engine.tree;

import java.util.ArrayList;
import java.util.List;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.posix.Extent;

/** Everything that lies in a tree pack, as octets: a version, a kind, then what the kind says. */
sealed interface Node {
    int VERSION = 1;
    int LEAF = 1;
    int INDEX = 2;
    int CHUNKS = 3;
    int EXTENTS = 4;
    int SMALLEST_ENTRY = 10;

    /** Entries of a directory, rising by name. */
    record Leaf(List<Entry> entries) implements Node {}

    /** Children of a large directory, rising by their first name; at height 1 they are leaves. */
    record Index(int height, List<Child> children) implements Node {}

    @SuppressWarnings("ArrayRecordComponent")
    record Child(byte[] firstName, ChunkId id) {}

    static Writer begin(int kind) {
        return new Writer().octet(VERSION).octet(kind);
    }

    static byte[] encodeIndex(Index index) {
        Writer out = begin(INDEX).octet(index.height()).varint(index.children().size());
        index.children().forEach(child -> out.bytes(child.firstName()).id(child.id()));
        return out.toBytes();
    }

    static byte[] encodeChunks(List<ChunkRef> chunks) {
        Writer out = begin(CHUNKS);
        PartFormat.writeChunks(chunks, out);
        return out.toBytes();
    }

    static byte[] encodeExtents(List<Extent> extents, long from) {
        Writer out = begin(EXTENTS);
        PartFormat.writeExtents(extents, from, out);
        return out.toBytes();
    }

    /** A leaf or an index node. */
    static Node decode(byte[] octets) throws MalformedTreeException {
        Reader in = new Reader(octets);
        int kind = kind(in);
        Reader.require(kind == LEAF || kind == INDEX, "not a directory");
        Node node = kind == LEAF ? leaf(in) : index(in);
        in.end();
        return node;
    }

    static List<ChunkRef> decodeChunks(byte[] octets) throws MalformedTreeException {
        Reader in = new Reader(octets);
        Reader.require(kind(in) == CHUNKS, "not a list of chunks");
        List<ChunkRef> chunks = PartFormat.readChunks(TreeLimits.NODE_ITEMS, in);
        Reader.require(!chunks.isEmpty(), "an empty list of chunks");
        in.end();
        return chunks;
    }

    static List<Extent> decodeExtents(byte[] octets, long from, long size) throws MalformedTreeException {
        Reader in = new Reader(octets);
        Reader.require(kind(in) == EXTENTS, "not a list of extents");
        List<Extent> extents = PartFormat.readExtents(TreeLimits.NODE_ITEMS, from, size, in);
        Reader.require(!extents.isEmpty(), "an empty list of extents");
        in.end();
        return extents;
    }

    private static int kind(Reader in) throws MalformedTreeException {
        int version = in.octet();
        Reader.require(version == VERSION, "a version that is not known here");
        return in.octet();
    }

    private static Leaf leaf(Reader in) throws MalformedTreeException {
        int count = in.count(TreeLimits.NODE_ITEMS, SMALLEST_ENTRY, "entries");
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Entry entry = EntryFormat.read(in);
            Reader.require(i == 0 || entries.get(i - 1).compareTo(entry) < 0, "names not in order");
            entries.add(entry);
        }
        return new Leaf(entries);
    }

    private static Index index(Reader in) throws MalformedTreeException {
        int height = in.octet();
        Reader.require(height >= 1 && height <= TreeLimits.HEIGHT, "height out of range");
        int count = in.count(TreeLimits.NODE_ITEMS, ChunkId.LENGTH + 2, "children");
        Reader.require(count > 0, "an index without children");
        List<Child> children = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Child child = new Child(in.bytes(TreeLimits.NAME_SIZE, "name"), in.id());
            Reader.require(Names.isAllowed(child.firstName()), "a name that may not be");
            Reader.require(
                    i == 0
                            || java.util.Arrays.compareUnsigned(
                                            children.get(i - 1).firstName(), child.firstName())
                                    < 0,
                    "names not in order");
            children.add(child);
        }
        return new Index(height, children);
    }
}
