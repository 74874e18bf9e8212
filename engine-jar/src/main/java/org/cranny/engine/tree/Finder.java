package org.cranny.engine.tree;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cranny.engine.chunking.ChunkId;

/** Looks one name up, from index to index to leaf. */
final class Finder {
    private Finder() {}

    static Optional<Entry> find(ChunkId directory, byte[] name, NodeSource source) throws IOException {
        Node node = Node.decode(source.load(directory));
        while (node instanceof Node.Index index) {
            Node.Child child = childThatMayHold(name, index.children());
            if (child == null) {
                return Optional.empty();
            }
            node = Node.decode(source.load(child.id()));
            Entries.requireChild(node, child, index.height());
        }
        return ((Node.Leaf) node)
                .entries().stream()
                        .filter(entry -> Arrays.equals(entry.name(), name))
                        .findFirst();
    }

    /** The last child whose first name is not behind this one, or null when the name is before all. */
    private static Node.Child childThatMayHold(byte[] name, List<Node.Child> children) {
        Node.Child found = null;
        for (Node.Child child : children) {
            if (Arrays.compareUnsigned(child.firstName(), name) > 0) {
                break;
            }
            found = child;
        }
        return found;
    }
}
