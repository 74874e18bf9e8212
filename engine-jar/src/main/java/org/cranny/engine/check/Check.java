package org.cranny.engine.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.fetch.PackSource;
import org.cranny.engine.placement.Holding;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.source.Records;
import org.cranny.engine.transfer.Hosts;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.snapshot.PackClass;
import org.cranny.protocol.snapshot.PackEntry;
import org.cranny.protocol.snapshot.VersionRange;

/**
 * Finds out whether snapshots can be restored: whether every folder can be listed and every chunk has a place, and
 * whether every copy of every pack is there. A copy is asked for a random leaf with its Merkle path: to make the path a
 * host reads and hashes every octet of the fragment, so one that is wrong anywhere gives a path that does not lead to the
 * fragment's id, and one that dropped the octets has no leaf. When data is to be read, one copy of a pack, drawn by lot,
 * is fetched, named again and opened whole, and those that are proven have the same name, and so the same octets. What is
 * wrong is named with its host. Of copies that a host does not have, the {@link News} are heard before they are named: they
 * may have been moved to another host, which is asked then, or given up with their snapshots, while the check ran.
 */
public final class Check {
    /** A copy that moves on so often while it is looked for is called missing. */
    private static final int MOST_MOVES = 4;

    private final Records source;
    private final Hosts transfer;
    private final Map<Long, Host> masterFile;
    private final PackSource packs;
    private final RandomGenerator random;
    private final News news;

    public Check(
            Records source,
            Hosts transfer,
            Map<Long, Host> masterFile,
            PackSource packs,
            RandomGenerator random,
            News news) {
        this.source = source;
        this.transfer = transfer;
        this.masterFile = Map.copyOf(masterFile);
        this.packs = packs;
        this.random = random;
        this.news = news;
    }

    public CheckOutcome run(List<Snapshot> snapshots, Reading reading, CheckListener listener)
            throws IOException, InterruptedException {
        Findings findings = new Findings(listener);
        Map<FragmentId, PackEntry> needed = needed(snapshots);
        needed.values().removeIf(this::isMadeUpFor);
        return copies(snapshots, needed, reading, findings, listener, () -> trees(snapshots, findings));
    }

    /** Only has hosts read and prove what they keep; looks at no folder. */
    public CheckOutcome hosts(List<Snapshot> snapshots, CheckListener listener)
            throws IOException, InterruptedException {
        return copies(snapshots, needed(snapshots), Reading.NOTHING, new Findings(listener), listener, () -> {});
    }

    private void trees(List<Snapshot> snapshots, Findings findings) throws IOException {
        Set<ChunkId> seen = new HashSet<>();
        try (ChunkReader chunks = new ChunkReader(source, packs)) {
            for (Snapshot snapshot : snapshots) {
                new TreeCheck(snapshot, chunks, seen, findings).run();
            }
        }
    }

    private PackHeader header(FragmentId pack) throws IOException {
        OptionalInt ordinal = source.index().packs().ordinal(pack);
        return ordinal.isEmpty()
                ? null
                : source.index().packs().row(ordinal.getAsInt()).header();
    }

    private Map<FragmentId, PackEntry> needed(List<Snapshot> snapshots) throws IOException {
        Map<FragmentId, PackEntry> needed = new LinkedHashMap<>();
        for (Snapshot snapshot : snapshots) {
            needed.putAll(source.snapshots().packSet(snapshot));
        }
        return needed;
    }

    /** A data pack that is lost, of which nothing is looked for: what is left of it lies elsewhere, what is not was named. */
    private boolean isMadeUpFor(PackEntry pack) {
        return pack.packClass() == PackClass.DATA
                && source.index().packs().ordinal(pack.pack()).isEmpty()
                && source.holdings()
                        .of(pack.pack())
                        .map(held -> held.fragments().isEmpty())
                        .orElse(true);
    }

    private CheckOutcome copies(
            List<Snapshot> snapshots,
            Map<FragmentId, PackEntry> needed,
            Reading reading,
            Findings findings,
            CheckListener listener,
            CopyCheck.Meanwhile meanwhile)
            throws IOException, InterruptedException {
        List<CopyCheck.Held> held = held(needed.values(), findings);
        listener.total(
                held.stream().mapToLong(pack -> pack.hosts().size()).sum(),
                held.stream()
                        .mapToLong(pack -> pack.hosts().size() * pack.pack().length())
                        .sum());
        Set<FragmentId> read = needed.keySet().stream()
                .filter(pack -> random.nextDouble() < reading.share())
                .collect(Collectors.toSet());
        CopyCheck copies = new CopyCheck(transfer, masterFile, source.keys(), this::header, random, listener, findings);
        copies.run(held, read, reading.everyCopy(), meanwhile);
        List<Snapshot> kept = snapshots;
        for (int moves = 0; !copies.missing().isEmpty() && moves < MOST_MOVES; moves++) {
            news.hear();
            kept = kept(snapshots);
            needed.keySet().retainAll(needed(kept).keySet());
            Set<FragmentId> missing = copies.missing();
            copies.goOn(held(
                    needed.values().stream()
                            .filter(pack -> missing.contains(pack.pack()))
                            .toList(),
                    findings));
        }
        copies.giveUp();
        long unproven =
                needed.keySet().stream().filter(pack -> !copies.isProven(pack)).count();
        return new CheckOutcome(
                kept.size(), needed.size(), copies.copies(), copies.bytes(), unproven, copies.hosts(), findings.all());
    }

    private List<Snapshot> kept(List<Snapshot> snapshots) throws IOException {
        List<VersionRange> forgotten = source.snapshots().forgotten();
        return snapshots.stream()
                .filter(each -> forgotten.stream()
                        .noneMatch(range -> range.contains(each.manifest().version())))
                .toList();
    }

    private List<CopyCheck.Held> held(Collection<PackEntry> needed, Findings findings) {
        List<CopyCheck.Held> held = new ArrayList<>(needed.size());
        for (PackEntry pack : needed) {
            List<Long> hosts =
                    source.holdings().of(pack.pack()).map(Holding::hosts).orElse(List.of());
            if (hosts.isEmpty()) {
                findings.add(new Finding(
                        0, "this machine", pack.pack().toString(), true, "nobody is known to hold this pack"));
            }
            held.add(new CopyCheck.Held(pack, hosts));
        }
        return held;
    }
}
