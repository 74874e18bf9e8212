package org.cranny.engine.snapshot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.snapshot.PackEntry;

/**
 * Which packs which snapshots need, as the manifests say it: a pack belongs to the snapshots from the one that adds it to
 * the one before that which removes it. Memory: some hundred octets a pack, whatever the number of snapshots.
 */
public final class PackHistory {
    private final Map<FragmentId, PackEntry> newest = new LinkedHashMap<>();
    private final Map<FragmentId, Long> first = new HashMap<>();
    private final Set<FragmentId> kept = new HashSet<>();
    private final Map<FragmentId, Long> removed = new HashMap<>();
    private final Map<FragmentId, Long> last = new HashMap<>();
    private final boolean whole;

    /** @param snapshots all of the source, oldest first @param keptVersions those that can be had */
    PackHistory(List<Snapshot> snapshots, Set<Long> keptVersions) {
        NavigableSet<Long> had = new TreeSet<>(keptVersions);
        Map<FragmentId, Long> since = new HashMap<>();
        long expected = 1;
        boolean gapless = true;
        for (Snapshot snapshot : snapshots) {
            long version = snapshot.manifest().version();
            gapless &= version == expected;
            expected = version + 1;
            for (FragmentId pack : snapshot.manifest().removed()) {
                newest.remove(pack);
                removed.put(pack, version);
                Long from = since.remove(pack);
                if (from != null && keptBetween(had, from, version)) {
                    kept.add(pack);
                }
            }
            for (PackEntry entry : snapshot.manifest().added()) {
                newest.put(entry.pack(), entry);
                since.putIfAbsent(entry.pack(), version);
                first.putIfAbsent(entry.pack(), version);
                last.put(entry.pack(), version);
            }
        }
        kept.addAll(newest.keySet());
        whole = gapless;
    }

    private static boolean keptBetween(NavigableSet<Long> had, long from, long before) {
        Long next = had.ceiling(from);
        return next != null && next < before;
    }

    /** Whether no manifest is missing. Where one is, nobody can say what is needed no more. */
    public boolean whole() {
        return whole;
    }

    /** The packs of the newest snapshot. */
    public Map<FragmentId, PackEntry> newest() {
        return newest;
    }

    /** The first version whose manifest names this pack, 0 when none does. */
    public long first(FragmentId pack) {
        return first.getOrDefault(pack, 0L);
    }

    /** Whether a snapshot that can be had names this pack. */
    public boolean isNeeded(FragmentId pack) {
        return kept.contains(pack);
    }

    /**
     * Packs that came when packs went which snapshots that can be had still name. Where these are gone, what is left of
     * them was sealed anew in those.
     *
     * @param gone which packs are nowhere any more
     */
    public Set<FragmentId> instead(Predicate<FragmentId> gone) {
        Set<Long> versions = new HashSet<>();
        removed.forEach((pack, version) -> {
            if (kept.contains(pack) && !newest.containsKey(pack) && gone.test(pack)) {
                versions.add(version);
            }
        });
        Set<FragmentId> instead = new HashSet<>();
        last.forEach((pack, version) -> {
            if (versions.contains(version)) {
                instead.add(pack);
            }
        });
        return instead;
    }

    /** Packs that snapshots had and none that can be had needs. */
    public List<FragmentId> needless() {
        List<FragmentId> needless = new ArrayList<>(first.keySet());
        needless.removeAll(kept);
        return needless;
    }
}
