package org.cranny.central.browse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.tree.Entries;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.Thing;
import org.cranny.protocol.octets.PathNotation;

/** Counts what a snapshot has; looks at a bounded number of entries, and into no folder that is left out. */
final class Tallying {
    private static final int MOST_LOOKED_AT = 200_000;
    private static final int DEEPEST = 256;

    private final SnapshotTree tree;
    private final Browsing.Taking taking;
    private final List<String> missing = new ArrayList<>();
    private long files;
    private long bytes;
    private long leftOut;
    private int lookedAt;
    private boolean complete = true;

    Tallying(SnapshotTree tree, Browsing.Taking taking) {
        this.tree = tree;
        this.taking = taking;
    }

    /** @param path absolute, raw octets */
    void add(byte[] path) throws IOException {
        byte[] inside = inside(path);
        if (inside.length == 0) {
            folder(tree.list(tree.root()), inside, 0);
            return;
        }
        Optional<Entry> entry = tree.find(path);
        if (entry.isEmpty()) {
            missing.add(PathNotation.of(path));
        } else {
            look(entry.get(), inside, 0);
        }
    }

    Tally result(Snapshot snapshot) {
        return new Tally(
                snapshot.id(), snapshot.manifest().ended(), files, bytes, leftOut, List.copyOf(missing), complete);
    }

    private void folder(Entries entries, byte[] path, int depth) throws IOException {
        for (Optional<Entry> next = entries.next(); next.isPresent() && complete; next = entries.next()) {
            look(next.get(), below(path, next.get().name()), depth);
        }
    }

    private void look(Entry entry, byte[] path, int depth) throws IOException {
        lookedAt++;
        if (lookedAt > MOST_LOOKED_AT || depth > DEEPEST) {
            complete = false;
            return;
        }
        long size = entry.thing() instanceof Thing.File file ? file.size() : 0;
        boolean folder = entry.thing() instanceof Thing.Directory;
        if (taking.leavesOut(path, folder, size)) {
            leftOut++;
        } else if (entry.thing() instanceof Thing.Directory directory) {
            folder(tree.list(directory.node()), path, depth + 1);
        } else if (entry.thing() instanceof Thing.File) {
            files++;
            bytes += size;
        }
    }

    private static byte[] inside(byte[] path) {
        byte[] inside = {};
        for (byte[] name : SnapshotTree.names(path)) {
            inside = below(inside, name);
        }
        return inside;
    }

    private static byte[] below(byte[] folder, byte[] name) {
        if (folder.length == 0) {
            return name;
        }
        byte[] path = new byte[folder.length + 1 + name.length];
        System.arraycopy(folder, 0, path, 0, folder.length);
        path[folder.length] = '/';
        System.arraycopy(name, 0, path, folder.length + 1, name.length);
        return path;
    }
}
