package org.cranny.engine.fetch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.tree.Entries;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.NodeSource;
import org.cranny.engine.tree.Nodes;
import org.cranny.engine.tree.Thing;

/** The files and folders of one snapshot, from {@code /} down. Paths are raw octets; a slash more or less is no matter. */
public final class SnapshotTree {
    private final ChunkId root;
    private final NodeSource nodes;

    public SnapshotTree(Snapshot snapshot, NodeSource nodes) {
        this.root = ChunkId.of(snapshot.manifest().root());
        this.nodes = nodes;
    }

    /** Node of {@code /}. */
    public ChunkId root() {
        return root;
    }

    public NodeSource nodes() {
        return nodes;
    }

    /** What stands under this path; empty for {@code /} itself and for what is not there. */
    public Optional<Entry> find(byte[] path) throws IOException {
        ChunkId at = root;
        Optional<Entry> found = Optional.empty();
        for (byte[] name : names(path)) {
            if (at == null) {
                return Optional.empty();
            }
            found = Nodes.find(at, name, nodes);
            if (found.isEmpty()) {
                return found;
            }
            at = found.get().thing() instanceof Thing.Directory directory ? directory.node() : null;
        }
        return found;
    }

    /** The entries of a directory, in the order of names. */
    public Entries list(ChunkId directory) throws IOException {
        return Nodes.read(directory, nodes);
    }

    /** The components of a path. */
    public static List<byte[]> names(byte[] path) {
        List<byte[]> names = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= path.length; i++) {
            if (i == path.length || path[i] == '/') {
                if (i > from) {
                    names.add(Arrays.copyOfRange(path, from, i));
                }
                from = i + 1;
            }
        }
        return names;
    }
}
