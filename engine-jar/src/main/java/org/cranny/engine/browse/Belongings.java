package org.cranny.engine.browse;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.tree.Attributes;
import org.cranny.engine.tree.Entries;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.NodeSource;
import org.cranny.engine.tree.Nodes;
import org.cranny.engine.tree.Thing;

/**
 * What of a source's snapshots belongs to one user of its machine, and nothing else: entries whose recorded owner is that
 * user, and of the folders of others those that lead to such entries, by name alone ({@link Attributes#HIDDEN}). What is
 * not theirs is as if it were not there. Modes play no part.
 *
 * <p>Whether a folder leads to something is found out by looking, once for each node; equal folders are equal nodes, so
 * that the next snapshot costs what has changed. Safe for several threads.
 */
public final class Belongings {
    private static final int REMEMBERED = 100_000;
    private static final ChunkId NOWHERE = ChunkId.of(new byte[ChunkId.LENGTH]);

    private final long uid;
    private final Map<ChunkId, Boolean> leading = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ChunkId, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param uid number of the user, as snapshots have it */
    public Belongings(long uid) {
        this.uid = uid;
    }

    /** What stands under a path; empty for {@code /} itself. */
    public Optional<Entry> find(SnapshotTree tree, byte[] path) throws IOException {
        Optional<Entry> found = tree.find(path);
        return found.isPresent() ? shown(found.get(), tree.nodes()) : found;
    }

    /** Whether a path is an ordinary file of this user. */
    public boolean isFile(SnapshotTree tree, byte[] path) throws IOException {
        return tree.find(path)
                .filter(entry -> owns(entry) && entry.thing() instanceof Thing.File)
                .isPresent();
    }

    /**
     * A page of a folder.
     *
     * @param folder absolute, raw octets
     * @param after name that the page before ended with, or null
     */
    public Found list(SnapshotTree tree, byte[] folder, byte[] after, int limit) throws IOException {
        boolean root = SnapshotTree.names(folder).isEmpty();
        if (!root && find(tree, folder).filter(Belongings::isFolder).isEmpty()) {
            throw new NoSuchEntryException("The snapshot has no folder " + PathBytes.printable(folder) + " of yours.");
        }
        List<Found.Hit> hits = new ArrayList<>();
        byte[] seen = after;
        while (true) {
            Found page = Search.list(tree, folder, seen, limit);
            for (Found.Hit hit : page.hits()) {
                Optional<Entry> shown = shown(hit.entry(), tree.nodes());
                if (shown.isPresent() && hits.size() == limit) {
                    return new Found(hits, hits.get(limit - 1).entry().name());
                }
                shown.ifPresent(entry -> hits.add(new Found.Hit(hit.path(), entry)));
            }
            if (page.next() == null) {
                return new Found(hits, null);
            }
            seen = page.next();
        }
    }

    /** Looks through everything for what fits and is theirs. @param after path that the page before ended with, or null */
    public Found search(SnapshotTree tree, Search.Query query, byte[] after, int limit) throws IOException {
        List<Found.Hit> hits = new ArrayList<>();
        byte[] seen = after;
        while (true) {
            Found page = Search.search(tree, new byte[] {'/'}, query, seen, limit);
            for (Found.Hit hit : page.hits()) {
                if (owns(hit.entry())) {
                    if (hits.size() == limit) {
                        return new Found(hits, hits.get(limit - 1).path());
                    }
                    hits.add(hit);
                }
            }
            if (page.next() == null) {
                return new Found(hits, null);
            }
            seen = page.next();
            refuseStopped();
        }
    }

    /** What a path was over the snapshots, as {@link Versions#of}. */
    public List<Versions.Version> versions(List<Snapshot> snapshots, byte[] path, NodeSource nodes) throws IOException {
        List<Versions.Version> versions = new ArrayList<>();
        for (Versions.Version each : Versions.of(snapshots, path, nodes)) {
            Entry entry =
                    each.entry() == null ? null : shown(each.entry(), nodes).orElse(null);
            Versions.Version before = versions.isEmpty() ? null : versions.get(versions.size() - 1);
            if (before != null && Objects.equals(before.entry(), entry)) {
                versions.set(versions.size() - 1, new Versions.Version(before.first(), each.last(), entry));
            } else if (before != null || entry != null) {
                versions.add(new Versions.Version(each.first(), each.last(), entry));
            }
        }
        return versions;
    }

    private boolean owns(Entry entry) {
        return entry.attributes().uid() == uid;
    }

    private static boolean isFolder(Entry entry) {
        return entry.thing() instanceof Thing.Directory;
    }

    private Optional<Entry> shown(Entry entry, NodeSource nodes) throws IOException {
        if (owns(entry)) {
            return Optional.of(entry);
        }
        boolean way = entry.thing() instanceof Thing.Directory folder && leads(folder.node(), nodes, 0);
        return way
                ? Optional.of(new Entry(entry.name(), Attributes.HIDDEN, new Thing.Directory(NOWHERE), 0))
                : Optional.empty();
    }

    /** What lies in the folder itself is looked at first. */
    private boolean leads(ChunkId folder, NodeSource nodes, int depth) throws IOException {
        Boolean known = remembered(folder);
        if (known != null) {
            return known;
        }
        refuseStopped();
        List<ChunkId> inner = new ArrayList<>();
        boolean leads = false;
        Entries entries = Nodes.read(folder, nodes);
        for (Optional<Entry> next = entries.next(); next.isPresent() && !leads; next = entries.next()) {
            leads = owns(next.get());
            if (next.get().thing() instanceof Thing.Directory directory) {
                inner.add(directory.node());
            }
        }
        for (int i = 0; i < inner.size() && !leads && depth < Search.DEEPEST; i++) {
            leads = leads(inner.get(i), nodes, depth + 1);
        }
        remember(folder, leads);
        return leads;
    }

    private Boolean remembered(ChunkId folder) {
        synchronized (leading) {
            return leading.get(folder);
        }
    }

    private void remember(ChunkId folder, boolean leads) {
        synchronized (leading) {
            leading.put(folder, leads);
        }
    }

    private static void refuseStopped() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("It was stopped.");
        }
    }
}
