package org.cranny.engine.browse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.tree.Entries;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.Thing;

/** Finds entries of a snapshot by name and time, a page at a time; looks at a bounded number of entries for each. */
public final class Search {
    /** Folders nested deeper are not looked into. */
    static final int DEEPEST = 4_096;

    private static final int MOST_LOOKED_AT = 200_000;

    private final SnapshotTree tree;
    private final Query query;
    private final int limit;
    private final List<Found.Hit> hits = new ArrayList<>();
    private int lookedAt;
    private byte[] last;

    /**
     * What is looked for.
     *
     * @param name null for any
     * @param modifiedFrom epoch second, included
     * @param modifiedUntil epoch second, not included
     */
    public record Query(Glob name, long modifiedFrom, long modifiedUntil) {
        /** Everything. */
        public static final Query ANY = new Query(null, Long.MIN_VALUE, Long.MAX_VALUE);

        boolean fits(Entry entry) {
            long modified = entry.attributes().mtimeSeconds();
            return modified >= modifiedFrom && modified < modifiedUntil && (name == null || name.matches(entry.name()));
        }
    }

    private Search(SnapshotTree tree, Query query, int limit) {
        this.tree = tree;
        this.query = query;
        this.limit = limit;
    }

    /**
     * Looks through everything below a folder.
     *
     * @param folder absolute, raw octets
     * @param after path that the page before ended with, or null
     * @param limit of hits
     * @throws IOException also when there is no such folder
     */
    public static Found search(SnapshotTree tree, byte[] folder, Query query, byte[] after, int limit)
            throws IOException {
        Search search = new Search(tree, query, limit);
        Place place = after == null ? Place.START : within(folder, after);
        boolean complete = search.folder(search.node(folder), slashed(folder), place, 0);
        return new Found(search.hits, complete ? null : search.last);
    }

    /** The entries of one folder, without those below. */
    public static Found list(SnapshotTree tree, byte[] folder, byte[] afterName, int limit) throws IOException {
        Search search = new Search(tree, Query.ANY, limit);
        Entries entries = tree.list(search.node(folder));
        List<Found.Hit> hits = new ArrayList<>();
        for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
            Entry entry = next.get();
            if (afterName == null || java.util.Arrays.compareUnsigned(entry.name(), afterName) > 0) {
                if (hits.size() == limit) {
                    return new Found(hits, hits.get(limit - 1).entry().name());
                }
                hits.add(new Found.Hit(PathBytes.join(slashed(folder), entry.name()), entry));
            }
        }
        return new Found(hits, null);
    }

    private ChunkId node(byte[] folder) throws IOException {
        if (SnapshotTree.names(folder).isEmpty()) {
            return tree.root();
        }
        Optional<Entry> found = tree.find(folder);
        if (found.isPresent() && found.get().thing() instanceof Thing.Directory directory) {
            return directory.node();
        }
        throw new NoSuchEntryException("The snapshot has no folder " + PathBytes.printable(folder) + ".");
    }

    private static Place within(byte[] folder, byte[] after) {
        List<byte[]> outer = SnapshotTree.names(folder);
        List<byte[]> names = SnapshotTree.names(after);
        byte[] rest = {};
        for (byte[] name : names.subList(Math.min(outer.size(), names.size()), names.size())) {
            rest = PathBytes.join(rest.length == 0 ? new byte[] {'/'} : rest, name);
        }
        return Place.after(rest);
    }

    private static byte[] slashed(byte[] folder) {
        byte[] path = {'/'};
        for (byte[] name : SnapshotTree.names(folder)) {
            path = PathBytes.join(path, name);
        }
        return path;
    }

    /** @return false when the page is full before all was seen */
    private boolean folder(ChunkId node, byte[] path, Place place, int depth) throws IOException {
        if (depth > DEEPEST) {
            return true;
        }
        Entries entries = tree.list(node);
        for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
            Entry entry = next.get();
            if (place.isBehind(entry.name())) {
                continue;
            }
            byte[] here = PathBytes.join(path, entry.name());
            if (!place.isSeen(entry.name())) {
                if (hits.size() == limit || lookedAt == MOST_LOOKED_AT) {
                    return false;
                }
                look(entry, here);
            }
            if (entry.thing() instanceof Thing.Directory inner
                    && !folder(inner.node(), here, place.below(entry.name()), depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private void look(Entry entry, byte[] path) {
        lookedAt++;
        last = path;
        if (query.fits(entry)) {
            hits.add(new Found.Hit(path, entry));
        }
    }
}
