package org.cranny.engine.tree;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import org.cranny.engine.chunking.ChunkId;

/** The entries of one directory in order, one after another. Not safe for several threads. */
public final class Entries {
    private final NodeSource source;
    private final Deque<Level> levels = new ArrayDeque<>();
    private Iterator<Entry> leaf;
    private byte[] lastName = {};

    private record Level(int height, Iterator<Node.Child> children) {}

    Entries(ChunkId directory, NodeSource source) throws IOException {
        this.source = source;
        this.leaf = descend(Node.decode(source.load(directory)));
    }

    /** The next entry, or empty at the end. */
    public Optional<Entry> next() throws IOException {
        while (!leaf.hasNext()) {
            while (!levels.isEmpty() && !levels.peek().children().hasNext()) {
                levels.pop();
            }
            if (levels.isEmpty()) {
                return Optional.empty();
            }
            leaf = descend(nextChild());
        }
        Entry entry = leaf.next();
        Reader.require(Arrays.compareUnsigned(lastName, entry.name()) < 0, "names not in order");
        lastName = entry.name();
        return Optional.of(entry);
    }

    private Node nextChild() throws IOException {
        Level level = levels.peek();
        Node.Child child = level.children().next();
        Node node = Node.decode(source.load(child.id()));
        requireChild(node, child, level.height());
        return node;
    }

    private Iterator<Entry> descend(Node node) throws IOException {
        Node at = node;
        while (at instanceof Node.Index index) {
            levels.push(new Level(index.height(), index.children().iterator()));
            at = nextChild();
        }
        return ((Node.Leaf) at).entries().iterator();
    }

    /** A child stands one level lower and begins with the name that its parent gives. */
    static void requireChild(Node node, Node.Child child, int height) throws MalformedTreeException {
        byte[] first;
        if (node instanceof Node.Index index) {
            Reader.require(index.height() == height - 1, "an index at the wrong height");
            first = index.children().get(0).firstName();
        } else {
            Node.Leaf leaf = (Node.Leaf) node;
            Reader.require(height == 1 && !leaf.entries().isEmpty(), "a leaf at the wrong height");
            first = leaf.entries().get(0).name();
        }
        Reader.require(Arrays.equals(first, child.firstName()), "a child that begins with another name");
    }
}
