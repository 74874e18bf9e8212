package org.cranny.engine.browse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.tree.Entries;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.NodeSource;
import org.cranny.engine.tree.Thing;

/** What differs between two snapshots of one source. Equal folders are equal nodes and are not looked into. */
public final class Difference {
    private static final int MOST_LOOKED_AT = 200_000;

    private final NodeSource nodes;
    private final int limit;
    private final List<Change> changes = new ArrayList<>();
    private int lookedAt;
    private byte[] last;

    /** What became of a path. */
    public enum Kind {
        ADDED,
        REMOVED,
        /** Content, target, type or device differ. */
        CHANGED,
        /** Only owner, mode, time or attributes differ. */
        ATTRIBUTES
    }

    /** @param before null for what was added @param after null for what was removed */
    public record Change(Kind kind, byte[] path, Entry before, Entry after) {}

    /** A page. @param next the path after which the next one begins, or null */
    @SuppressWarnings("ArrayRecordComponent")
    public record Page(List<Change> changes, byte[] next) {
        public Page {
            changes = List.copyOf(changes);
        }
    }

    private Difference(NodeSource nodes, int limit) {
        this.nodes = nodes;
        this.limit = limit;
    }

    /**
     * Compares what is below a folder.
     *
     * @param folder absolute, raw octets; in at least one of both
     * @param after path that the page before ended with, or null
     */
    public static Page between(SnapshotTree from, SnapshotTree to, byte[] folder, byte[] after, int limit)
            throws IOException {
        ChunkId left = node(from, folder);
        ChunkId right = node(to, folder);
        if (left == null && right == null) {
            throw new NoSuchEntryException("Neither snapshot has a folder " + PathBytes.printable(folder) + ".");
        }
        Difference difference = new Difference(from.nodes(), limit);
        byte[] path = {'/'};
        Place place = Place.after(after);
        for (byte[] name : SnapshotTree.names(folder)) {
            path = PathBytes.join(path, name);
            place = place.below(name);
        }
        boolean complete = difference.folders(left, right, path, place, 0);
        return new Page(difference.changes, complete ? null : difference.last);
    }

    private static ChunkId node(SnapshotTree tree, byte[] folder) throws IOException {
        if (SnapshotTree.names(folder).isEmpty()) {
            return tree.root();
        }
        return tree.find(folder).map(Difference::node).orElse(null);
    }

    private static ChunkId node(Entry entry) {
        return entry != null && entry.thing() instanceof Thing.Directory directory ? directory.node() : null;
    }

    /** @return false when the page is full before all was seen */
    private boolean folders(ChunkId left, ChunkId right, byte[] path, Place place, int depth) throws IOException {
        if (left == null && right == null || left != null && left.equals(right) || depth > Search.DEEPEST) {
            return true;
        }
        Side before = new Side(left);
        Side after = new Side(right);
        while (before.entry != null || after.entry != null) {
            int order = order(before.entry, after.entry);
            Entry old = order <= 0 ? before.take() : null;
            Entry now = order >= 0 ? after.take() : null;
            if (!pair(old, now, path, place, depth)) {
                return false;
            }
        }
        return true;
    }

    private boolean pair(Entry old, Entry now, byte[] path, Place place, int depth) throws IOException {
        byte[] name = old != null ? old.name() : now.name();
        if (place.isBehind(name) || old != null && old.equals(now)) {
            return true;
        }
        byte[] here = PathBytes.join(path, name);
        if (!place.isSeen(name)) {
            if (changes.size() == limit || lookedAt == MOST_LOOKED_AT) {
                return false;
            }
            look(old, now, here);
        }
        return folders(node(old), node(now), here, place.below(name), depth + 1);
    }

    private void look(Entry old, Entry now, byte[] path) {
        lookedAt++;
        last = path;
        Kind kind = kind(old, now);
        if (kind != null) {
            changes.add(new Change(kind, path, old, now));
        }
    }

    /** Null when only what is below differs. */
    private static Kind kind(Entry old, Entry now) {
        if (old == null) {
            return Kind.ADDED;
        }
        if (now == null) {
            return Kind.REMOVED;
        }
        boolean folders = node(old) != null && node(now) != null;
        if (!folders && !old.thing().equals(now.thing())) {
            return Kind.CHANGED;
        }
        return old.attributes().equals(now.attributes()) && old.linkGroup() == now.linkGroup() ? null : Kind.ATTRIBUTES;
    }

    private static int order(Entry before, Entry after) {
        if (before == null || after == null) {
            return before == null ? 1 : -1;
        }
        return Arrays.compareUnsigned(before.name(), after.name());
    }

    /** The entries of one side, one ahead. */
    private final class Side {
        private final Entries entries;
        private Entry entry;

        Side(ChunkId node) throws IOException {
            entries = node == null ? null : org.cranny.engine.tree.Nodes.read(node, nodes);
            take();
        }

        Entry take() throws IOException {
            Entry taken = entry;
            Optional<Entry> next = entries == null ? Optional.empty() : entries.next();
            entry = next.orElse(null);
            return taken;
        }
    }
}
