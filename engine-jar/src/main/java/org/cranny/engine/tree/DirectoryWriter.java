package org.cranny.engine.tree;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.cranny.engine.chunking.ChunkId;

/**
 * Cuts one directory into nodes, always the same way.
 *
 * <p>A directory that fits into one leaf is one leaf. Of a larger one, a leaf ends after a name that says so itself
 * (about one in a thousand), or when it is full; so one name more or less changes one or two leaves, not all that
 * follow.
 */
final class DirectoryWriter {
    private static final int CUT_MASK = 0x3ff;

    private final NodeStore store;
    private final List<Node.Child> leaves = new ArrayList<>();
    private Writer open = new Writer();
    private int openCount;
    private byte[] firstName = {};

    DirectoryWriter(NodeStore store) {
        this.store = store;
    }

    ChunkId write(List<Entry> entries) throws IOException {
        byte[] single = singleLeaf(entries);
        if (single != null) {
            return store.store(single);
        }
        for (Entry entry : entries) {
            add(entry);
        }
        close();
        return indexAbove(leaves, 1);
    }

    /** The directory as one leaf, or null when it does not fit. */
    private static byte[] singleLeaf(List<Entry> entries) {
        if (entries.size() > TreeLimits.NODE_ITEMS) {
            return null;
        }
        Writer out = Node.begin(Node.LEAF).varint(entries.size());
        for (Entry entry : entries) {
            EntryFormat.write(entry, out);
            if (out.length() > TreeLimits.LEAF_SIZE && entries.size() > 1) {
                return null;
            }
        }
        return bounded(out.toBytes());
    }

    private void add(Entry entry) throws IOException {
        Writer one = new Writer();
        EntryFormat.write(entry, one);
        if (openCount == TreeLimits.NODE_ITEMS || open.length() + one.length() > TreeLimits.LEAF_SIZE) {
            close();
        }
        if (openCount == 0) {
            firstName = entry.name();
        }
        byte[] octets = one.toBytes();
        open.raw(octets, 0, octets.length);
        openCount++;
        if (endsLeaf(entry.name())) {
            close();
        }
    }

    private void close() throws IOException {
        if (openCount > 0) {
            byte[] body = open.toBytes();
            Writer leaf = Node.begin(Node.LEAF).varint(openCount).raw(body, 0, body.length);
            leaves.add(new Node.Child(firstName, store.store(bounded(leaf.toBytes()))));
            open = new Writer();
            openCount = 0;
        }
    }

    private ChunkId indexAbove(List<Node.Child> children, int height) throws IOException {
        List<Node.Child> above = new ArrayList<>();
        for (int from = 0; from < children.size(); from += TreeLimits.NODE_ITEMS) {
            List<Node.Child> group = children.subList(from, Math.min(children.size(), from + TreeLimits.NODE_ITEMS));
            ChunkId id = store.store(Node.encodeIndex(new Node.Index(height, group)));
            above.add(new Node.Child(group.get(0).firstName(), id));
        }
        return above.size() == 1 ? above.get(0).id() : indexAbove(above, height + 1);
    }

    private static boolean endsLeaf(byte[] name) {
        CRC32 crc = new CRC32();
        crc.update(name);
        return (crc.getValue() & CUT_MASK) == 0;
    }

    private static byte[] bounded(byte[] node) {
        TreeLimits.require(node.length <= TreeLimits.NODE_SIZE, "an entry is too large for a node");
        return node;
    }

    static void requireRising(List<Entry> entries) {
        for (int i = 1; i < entries.size(); i++) {
            boolean rising = Arrays.compareUnsigned(
                            entries.get(i - 1).name(), entries.get(i).name())
                    < 0;
            TreeLimits.require(rising, "names not in order");
        }
    }
}
