package org.cranny.engine.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.fetch.PackSource;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.pack.PackReader;
import org.cranny.engine.placement.Holding;
import org.cranny.engine.segment.SegmentOpener;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.source.Records;
import org.cranny.engine.transfer.Hosts;
import org.cranny.engine.transfer.Hosts.Probe;
import org.cranny.engine.transfer.Hosts.Spot;
import org.cranny.engine.transfer.Hosts.Verdict;
import org.cranny.engine.transfer.TransferException;
import org.cranny.engine.tree.Content;
import org.cranny.engine.tree.Entries;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.FileParts;
import org.cranny.engine.tree.Thing;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.fragment.LeafHashes;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.snapshot.PackEntry;

/**
 * Finds out whether snapshots can be restored. Always: every folder can be listed, every chunk has a place. Then every
 * copy of every pack is asked for a random leaf with its Merkle path, which a host that dropped the octets cannot
 * give; or, when data is to be read, every copy is fetched and named again, and one of those that have the right name,
 * and so the same octets, is opened whole. What is wrong is named with its host.
 */
public final class Check {
    private static final int PROBES_AT_ONCE = 64;

    /** Each may have a whole pack in memory. */
    private static final int HOSTS_AT_ONCE = 3;

    private final Records source;
    private final Hosts transfer;
    private final Map<Long, Host> masterFile;
    private final PackSource packs;
    private final RandomGenerator random;
    private final List<Finding> findings = Collections.synchronizedList(new ArrayList<>());
    private final Set<FragmentId> proven = ConcurrentHashMap.newKeySet();
    private final Set<FragmentId> opened = ConcurrentHashMap.newKeySet();
    private final LongAdder copies = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    public Check(Records source, Hosts transfer, Map<Long, Host> masterFile, PackSource packs, RandomGenerator random) {
        this.source = source;
        this.transfer = transfer;
        this.masterFile = Map.copyOf(masterFile);
        this.packs = packs;
        this.random = random;
    }

    /** @param readData the share of packs, from 0 to 1, of which every copy is read; the others are asked for a proof */
    public CheckOutcome run(List<Snapshot> snapshots, double readData, CheckListener listener)
            throws IOException, InterruptedException {
        Map<FragmentId, PackEntry> needed = new LinkedHashMap<>();
        for (Snapshot snapshot : snapshots) {
            needed.putAll(source.snapshots().packSet(snapshot));
        }
        listener.total(
                needed.size(),
                needed.values().stream().mapToLong(PackEntry::length).sum());
        checkTrees(snapshots, listener);
        Set<FragmentId> read = needed.keySet().stream()
                .filter(pack -> random.nextDouble() < readData)
                .collect(Collectors.toSet());
        checkHosts(byHost(needed.values(), listener), read, listener);
        long unproven =
                needed.keySet().stream().filter(pack -> !proven.contains(pack)).count();
        return new CheckOutcome(snapshots.size(), needed.size(), copies.sum(), bytes.sum(), unproven, findings);
    }

    private void checkTrees(List<Snapshot> snapshots, CheckListener listener) throws IOException {
        Set<ChunkId> seen = new HashSet<>();
        try (ChunkReader chunks = new ChunkReader(source, packs)) {
            for (Snapshot snapshot : snapshots) {
                SnapshotTree tree = new SnapshotTree(snapshot, chunks);
                try {
                    checkFolder(tree, tree.root(), chunks, seen);
                } catch (IOException e) {
                    found(
                            listener,
                            new Finding(
                                    0,
                                    "this machine",
                                    null,
                                    true,
                                    "snapshot " + snapshot.shortId() + ": " + e.getMessage()));
                }
            }
        }
    }

    private void checkFolder(SnapshotTree tree, ChunkId node, ChunkReader chunks, Set<ChunkId> seen)
            throws IOException {
        if (!seen.add(node)) {
            return;
        }
        Entries entries = tree.list(node);
        for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
            if (next.get().thing() instanceof Thing.Directory directory) {
                checkFolder(tree, directory.node(), chunks, seen);
            } else if (next.get().thing() instanceof Thing.File file
                    && !file.content().equals(Content.EMPTY)) {
                FileParts.chunks(file, chunks, chunk -> chunks.locate(chunk.id()));
            }
        }
    }

    private Map<Long, List<PackEntry>> byHost(Collection<PackEntry> needed, CheckListener listener) {
        Map<Long, List<PackEntry>> byHost = new LinkedHashMap<>();
        for (PackEntry pack : needed) {
            List<Long> holders =
                    source.holdings().of(pack.pack()).map(Holding::hosts).orElse(List.of());
            if (holders.isEmpty()) {
                found(
                        listener,
                        new Finding(
                                0, "this machine", pack.pack().toString(), true, "nobody is known to hold this pack"));
            }
            holders.forEach(host ->
                    byHost.computeIfAbsent(host, key -> new ArrayList<>()).add(pack));
        }
        return byHost;
    }

    private void checkHosts(Map<Long, List<PackEntry>> byHost, Set<FragmentId> read, CheckListener listener)
            throws IOException, InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(HOSTS_AT_ONCE, Check::daemonThread);
        try (SegmentOpener opener = new SegmentOpener()) {
            List<Future<?>> tasks = new ArrayList<>();
            byHost.forEach((number, held) -> tasks.add(workers.submit(() -> {
                checkHost(number, held, read, opener, listener);
                return null;
            })));
            for (Future<?> task : tasks) {
                task.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("The check could not go on: " + e.getCause().getMessage(), e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    private void checkHost(
            long number, List<PackEntry> held, Set<FragmentId> read, SegmentOpener opener, CheckListener listener) {
        Host host = masterFile.get(number);
        if (host == null) {
            found(listener, new Finding(number, "host " + number, null, false, "is not in the master file any more"));
            return;
        }
        try {
            probe(
                    host,
                    held.stream().filter(pack -> !read.contains(pack.pack())).toList(),
                    listener);
            HostedPack.Room room = new HostedPack.Room();
            for (PackEntry pack : held) {
                if (read.contains(pack.pack())) {
                    readWhole(host, pack, room, opener, listener);
                }
            }
        } catch (TransferException e) {
            found(listener, new Finding(number, host.name(), null, false, e.getMessage()));
        }
    }

    private void probe(Host host, List<PackEntry> held, CheckListener listener) throws TransferException {
        for (int from = 0; from < held.size(); from += PROBES_AT_ONCE) {
            List<Probe> probes = held.subList(from, Math.min(held.size(), from + PROBES_AT_ONCE)).stream()
                    .map(pack -> new Probe(
                            pack.pack(), pack.length(), random.nextInt((int) LeafHashes.count(pack.length()))))
                    .toList();
            probeAll(host, probes, listener);
        }
    }

    /** A host that will not answer for all at once is asked for each alone, so that none hides behind another. */
    private void probeAll(Host host, List<Probe> probes, CheckListener listener) throws TransferException {
        try {
            for (Spot spot : transfer.prove(host, probes)) {
                bytes.add(LeafHashes.LEAF_OCTETS);
                listener.copy(LeafHashes.LEAF_OCTETS);
                judge(host, spot, listener);
            }
        } catch (TransferException e) {
            if (e.reason() == TransferException.Reason.AWAY) {
                throw e;
            }
            if (probes.size() == 1) {
                String pack = probes.get(0).fragment().toString();
                found(listener, new Finding(host.id(), host.name(), pack, true, e.getMessage()));
            } else {
                for (Probe probe : probes) {
                    probeAll(host, List.of(probe), listener);
                }
            }
        }
    }

    private void judge(Host host, Spot spot, CheckListener listener) {
        if (spot.verdict() == Verdict.PROVEN) {
            proven.add(spot.fragment());
            copies.increment();
            return;
        }
        String reason = spot.verdict() == Verdict.MISSING
                ? "does not have this fragment any more"
                : "could not prove that it has this fragment: its octets are wrong";
        found(listener, new Finding(host.id(), host.name(), spot.fragment().toString(), true, reason));
    }

    private void readWhole(
            Host host, PackEntry pack, HostedPack.Room room, SegmentOpener opener, CheckListener listener)
            throws TransferException {
        try {
            HostedPack octets = new HostedPack(transfer, host, pack, room);
            if (!octets.id().equals(pack.pack())) {
                throw new IOException("its octets are wrong");
            }
            if (opened.add(pack.pack())) {
                try (PackReader reader = PackReader.open(octets, source.keys(), opener)) {
                    reader.check();
                }
                proven.add(pack.pack());
            }
            bytes.add(pack.length());
            listener.copy(pack.length());
            copies.increment();
        } catch (TransferException e) {
            if (e.reason() == TransferException.Reason.AWAY) {
                throw e;
            }
            found(listener, new Finding(host.id(), host.name(), pack.pack().toString(), true, e.getMessage()));
        } catch (IOException e) {
            found(listener, new Finding(host.id(), host.name(), pack.pack().toString(), true, e.getMessage()));
        }
    }

    private void found(CheckListener listener, Finding finding) {
        findings.add(finding);
        listener.found(finding);
    }

    private static Thread daemonThread(Runnable task) {
        Thread thread = new Thread(task, "check");
        thread.setDaemon(true);
        return thread;
    }
}
