package org.cranny.engine.browse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.NodeSource;

/** What one path was over the snapshots. */
public final class Versions {
    private Versions() {}

    /**
     * A stretch of snapshots, one after the other, in which the path was the same.
     *
     * @param first the oldest of them
     * @param last the newest of them
     * @param entry null when there was nothing
     */
    public record Version(Snapshot first, Snapshot last, Entry entry) {}

    /**
     * The stretches, oldest first; a leading one without anything is left out.
     *
     * @param snapshots oldest first
     */
    public static List<Version> of(List<Snapshot> snapshots, byte[] path, NodeSource nodes) throws IOException {
        List<Version> versions = new ArrayList<>();
        Snapshot first = null;
        Snapshot last = null;
        Optional<Entry> before = Optional.empty();
        for (Snapshot snapshot : snapshots) {
            Optional<Entry> now = new SnapshotTree(snapshot, nodes).find(path);
            if (first != null && !now.equals(before)) {
                add(versions, first, last, before);
                first = null;
            }
            first = first == null ? snapshot : first;
            last = snapshot;
            before = now;
        }
        if (first != null) {
            add(versions, first, last, before);
        }
        return versions;
    }

    private static void add(List<Version> versions, Snapshot first, Snapshot last, Optional<Entry> entry) {
        if (entry.isPresent() || !versions.isEmpty()) {
            versions.add(new Version(first, last, entry.orElse(null)));
        }
    }
}
