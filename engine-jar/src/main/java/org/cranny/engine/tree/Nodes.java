package org.cranny.engine.tree;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cranny.engine.chunking.ChunkId;

/**
 * Directories as nodes: equal directories give equal nodes, and reading accepts only what writing makes.
 *
 * <p>Any octets at all give entries or a {@link MalformedTreeException}; memory is bounded by one node for each
 * level of index. How deep directories nest is the caller's limit to set.
 */
public final class Nodes {
    private Nodes() {}

    /** Stores a directory of any size, children first; the entries rise by name. Gives the name of its top node. */
    public static ChunkId encode(List<Entry> entries, NodeStore store) throws IOException {
        DirectoryWriter.requireRising(entries);
        return new DirectoryWriter(store).write(entries);
    }

    /** Reads a directory entry by entry; nodes are loaded as they are reached. */
    public static Entries read(ChunkId directory, NodeSource source) throws IOException {
        return new Entries(directory, source);
    }

    /** Reads a whole directory into memory. */
    public static List<Entry> list(ChunkId directory, NodeSource source) throws IOException {
        Entries entries = read(directory, source);
        List<Entry> all = new ArrayList<>();
        for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
            all.add(next.get());
        }
        return all;
    }

    /** Finds one name; loads one node for each level of index. */
    public static Optional<Entry> find(ChunkId directory, byte[] name, NodeSource source) throws IOException {
        return Finder.find(directory, name, source);
    }
}
