package org.cranny.engine.rebuild;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.cranny.engine.fetch.PackSource;
import org.cranny.engine.index.ChunkIndex;
import org.cranny.engine.index.IndexDamagedException;
import org.cranny.engine.pack.IndexEntry;
import org.cranny.engine.placement.Holding;
import org.cranny.engine.placement.Holdings;
import org.cranny.engine.placement.Places;
import org.cranny.engine.snapshot.PackHistory;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.snapshot.Snapshots;
import org.cranny.engine.source.Folders;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.PackClass;
import org.cranny.protocol.snapshot.PackEntry;
import org.cranny.protocol.snapshot.Placement;
import org.cranny.protocol.snapshot.Placements;
import org.cranny.protocol.snapshot.SnapshotLine;
import org.cranny.protocol.snapshot.VersionRange;

/**
 * Makes snapshots, holdings and index of one source again, in a folder, from its keys and from what central knows.
 * What is there already stays; a rebuild that was stopped is begun again.
 *
 * <p>Manifests are believed by the source's own signature. Footers come from the index packs: from the folder, from
 * central's copies, else from hosts; the footer of a pack that no index pack names is read from the pack itself. Every
 * octet is opened with the source's keys, so central and hosts cannot add anything.
 */
public final class Rebuild {
    private static final int PAGE = 1_000;

    private final Path home;
    private final Snapshots snapshots;
    private final Remembered central;
    private final Function<Holdings, PackSource> hosts;
    private final Footers footers;

    /**
     * @param home folder to fill; its layout is that of a source's home
     * @param footers opens packs with the source's keys
     * @param hosts the hosts, given who holds what
     */
    Rebuild(Path home, Snapshots snapshots, Remembered central, Function<Holdings, PackSource> hosts, Footers footers) {
        this.home = home;
        this.snapshots = snapshots;
        this.central = central;
        this.hosts = hosts;
        this.footers = footers;
    }

    RebuildOutcome run(RebuildListener listener) throws IOException {
        Folders.make(home);
        rememberSnapshots(listener);
        Map<FragmentId, PackEntry> named = named();
        try (Holdings holdings = Holdings.open(home.resolve("holdings"));
                ChunkIndex index = openIndex()) {
            rememberHoldings(holdings, named);
            Map<FragmentId, PackEntry> needed = needed(named, holdings);
            long unknown = fill(index, holdings, needed, listener);
            index.flush();
            return new RebuildOutcome(snapshots.list().size(), needed.size() - unknown, unknown);
        }
    }

    private ChunkIndex openIndex() throws IOException {
        Path folder = home.resolve("index");
        try {
            return ChunkIndex.open(folder);
        } catch (IndexDamagedException damaged) {
            ChunkIndex.discard(folder);
            return ChunkIndex.open(folder);
        }
    }

    /** A manifest that is damaged here is central's again; where central has none, the snapshot is lost, and the rest goes on. */
    private void rememberSnapshots(RebuildListener listener) throws IOException {
        Set<Long> known = snapshots.whole();
        List<Long> forgotten = new ArrayList<>();
        for (SnapshotLine line : central.snapshots(0)) {
            if (line.forgotten()) {
                forgotten.add(line.version());
            }
            if (!known.contains(line.version())) {
                try {
                    Signed committed = line.committed() == null ? null : Signed.parse(line.committed());
                    snapshots.add(Signed.parse(line.manifest()), committed);
                } catch (MalformedException e) {
                    throw new IOException(
                            "Central's manifest of version " + line.version() + " is damaged: " + e.getMessage()
                                    + ". Ask your administrator.",
                            e);
                }
            }
        }
        snapshots.setDamagedAside().forEach(listener::lost);
        snapshots.forget(VersionRange.of(forgotten));
    }

    /** Every pack that any snapshot ever needed, the oldest first. */
    private Map<FragmentId, PackEntry> named() throws IOException {
        Map<FragmentId, PackEntry> named = new LinkedHashMap<>();
        for (Snapshot snapshot : snapshots.list()) {
            snapshot.manifest().added().forEach(entry -> named.put(entry.pack(), entry));
        }
        return named;
    }

    /**
     * Those of them that snapshots that can be had need; packs that were removed since may be gone for good. What there was
     * of them is looked for in the packs that came instead.
     */
    private Map<FragmentId, PackEntry> needed(Map<FragmentId, PackEntry> named, Holdings holdings) throws IOException {
        PackHistory history = snapshots.history();
        Map<FragmentId, PackEntry> needed = new LinkedHashMap<>(named);
        history.needless().forEach(needed::remove);
        needed.keySet().removeIf(pack -> !history.newest().containsKey(pack) && isGone(named.get(pack), holdings));
        return needed;
    }

    /** Of tree and index packs central has a copy when no host has one. */
    private static boolean isGone(PackEntry pack, Holdings holdings) {
        return holdings.of(pack.pack())
                .map(held ->
                        pack.packClass() == PackClass.DATA && held.fragments().isEmpty())
                .orElse(true);
    }

    private void rememberHoldings(Holdings holdings, Map<FragmentId, PackEntry> needed) throws IOException {
        String after = null;
        while (true) {
            List<Placement> page = placements(central.placements(after, PAGE));
            if (page.isEmpty()) {
                break;
            }
            List<FragmentId> registered = new ArrayList<>();
            for (Placement placement : page) {
                FragmentId pack = FragmentId.of(placement.pack());
                PackEntry entry = needed.get(pack);
                if (entry != null && holdings.of(pack).isEmpty()) {
                    Holding held = Places.of(placement);
                    holdings.add(held.pack(), held.fragments());
                    registered.add(pack);
                }
            }
            holdings.registered(registered);
            after = page.get(page.size() - 1).pack();
        }
        holdings.sync();
    }

    private static List<Placement> placements(Placements page) {
        return page.packs() == null ? List.of() : page.packs();
    }

    /** @return how many packs stay unknown */
    private long fill(ChunkIndex index, Holdings holdings, Map<FragmentId, PackEntry> needed, RebuildListener listener)
            throws IOException {
        Footers.Origins origins = footers.from(central, hosts.apply(holdings));
        Set<FragmentId> open = new HashSet<>();
        for (PackEntry entry : needed.values()) {
            boolean wanted = entry.packClass() != PackClass.INDEX
                    && index.packs().ordinal(entry.pack()).isEmpty();
            if (wanted) {
                open.add(entry.pack());
            }
        }
        for (PackEntry entry : needed.values()) {
            if (entry.packClass() == PackClass.INDEX && !open.isEmpty()) {
                learn(index, origins, entry, needed, open);
                listener.packs(needed.size() - open.size(), needed.size());
            }
        }
        long unknown = 0;
        for (FragmentId pack : List.copyOf(open)) {
            PackEntry entry = needed.get(pack);
            try {
                index.add(pack, entry.packClass(), entry.length(), origins.footer(entry), null);
            } catch (IOException e) {
                unknown++;
                listener.unknown(pack.toString(), e.getMessage());
            }
        }
        listener.packs(needed.size() - unknown, needed.size());
        return unknown;
    }

    /** What an index pack says; one that cannot be read leaves its packs to be asked themselves. */
    private static void learn(
            ChunkIndex index,
            Footers.Origins origins,
            PackEntry indexPack,
            Map<FragmentId, PackEntry> needed,
            Set<FragmentId> open)
            throws IOException {
        List<IndexEntry> entries;
        try {
            entries = origins.entries(indexPack);
        } catch (IOException unreadable) {
            return;
        }
        for (IndexEntry entry : entries) {
            if (open.remove(entry.pack())) {
                PackEntry pack = needed.get(entry.pack());
                index.add(pack.pack(), pack.packClass(), pack.length(), entry.footer(), null);
            }
        }
    }
}
