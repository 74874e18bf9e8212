package org.cranny.engine.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
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
import org.cranny.engine.fetch.UnknownChunkException;
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
import org.cranny.protocol.snapshot.PackClass;
import org.cranny.protocol.snapshot.PackEntry;

/**
 * Finds out whether snapshots can be restored: whether every folder can be listed and every chunk has a place, and
 * whether every copy of every pack is there. A copy is asked for a random leaf with its Merkle path: to make the path a
 * host reads and hashes every octet of the fragment, so one that is wrong anywhere gives a path that does not lead to the
 * fragment's id, and one that dropped the octets has no leaf. Or, when data is to be read, the copy is fetched and named
 * again, and one of those that have the right name, and so the same octets, is opened whole. What is wrong is named with
 * its host.
 */
public final class Check {
    /** A host reads so many packs from its disk for one answer, and its leaves are in memory here. */
    private static final int PROBES_AT_ONCE = 8;

    private static final int HOSTS_AT_ONCE = 8;

    /** When each may have a whole pack in memory. */
    private static final int HOSTS_READ_AT_ONCE = 3;

    private final Records source;
    private final Hosts transfer;
    private final Map<Long, Host> masterFile;
    private final PackSource packs;
    private final RandomGenerator random;
    private final List<HostCheck> hosts = Collections.synchronizedList(new ArrayList<>());
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
        Map<FragmentId, PackEntry> needed = needed(snapshots);
        checkTrees(snapshots, listener);
        needed.values().removeIf(this::isMadeUpFor);
        Set<FragmentId> read = needed.keySet().stream()
                .filter(pack -> random.nextDouble() < readData)
                .collect(Collectors.toSet());
        return outcome(snapshots, needed, read, listener);
    }

    /** Only has hosts read and prove what they keep; looks at no folder. */
    public CheckOutcome hosts(List<Snapshot> snapshots, CheckListener listener)
            throws IOException, InterruptedException {
        return outcome(snapshots, needed(snapshots), Set.of(), listener);
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

    private CheckOutcome outcome(
            List<Snapshot> snapshots, Map<FragmentId, PackEntry> needed, Set<FragmentId> read, CheckListener listener)
            throws IOException, InterruptedException {
        Map<Long, List<PackEntry>> byHost = byHost(needed.values(), listener);
        listener.total(
                byHost.values().stream().mapToLong(List::size).sum(),
                byHost.values().stream()
                        .flatMap(List::stream)
                        .mapToLong(PackEntry::length)
                        .sum());
        checkHosts(byHost, read, listener);
        long unproven =
                needed.keySet().stream().filter(pack -> !proven.contains(pack)).count();
        hosts.sort(Comparator.comparingLong(HostCheck::host));
        return new CheckOutcome(snapshots.size(), needed.size(), copies.sum(), bytes.sum(), unproven, hosts, findings);
    }

    private void checkTrees(List<Snapshot> snapshots, CheckListener listener) throws IOException {
        Set<ChunkId> seen = new HashSet<>();
        try (ChunkReader chunks = new ChunkReader(source, packs)) {
            for (Snapshot snapshot : snapshots) {
                SnapshotTree tree = new SnapshotTree(snapshot, chunks);
                try {
                    new TreeCheck(snapshot, tree, chunks, seen, listener).folder(tree.root(), "");
                } catch (IOException e) {
                    found(listener, wrong("this machine", snapshot, e));
                }
            }
        }
    }

    private static Finding wrong(String where, Snapshot snapshot, IOException reason) {
        return new Finding(0, where, null, true, "snapshot " + snapshot.shortId() + ": " + reason.getMessage());
    }

    /** Goes through what no snapshot before had. What is lost is named, and the rest is looked at all the same. */
    private final class TreeCheck {
        private final Snapshot snapshot;
        private final SnapshotTree tree;
        private final ChunkReader chunks;
        private final Set<ChunkId> seen;
        private final CheckListener listener;

        TreeCheck(Snapshot snapshot, SnapshotTree tree, ChunkReader chunks, Set<ChunkId> seen, CheckListener listener) {
            this.snapshot = snapshot;
            this.tree = tree;
            this.chunks = chunks;
            this.seen = seen;
            this.listener = listener;
        }

        /** @param path of the folder, without a slash at its end */
        void folder(ChunkId node, String path) throws IOException {
            if (!seen.add(node)) {
                return;
            }
            Entries entries = tree.list(node);
            for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
                String name = path + "/" + next.get().printableName();
                try {
                    entry(next.get().thing(), name);
                } catch (UnknownChunkException lost) {
                    found(listener, wrong(name, snapshot, lost));
                }
            }
        }

        private void entry(Thing thing, String name) throws IOException {
            if (thing instanceof Thing.Directory directory) {
                folder(directory.node(), name);
            } else if (thing instanceof Thing.File file && !file.content().equals(Content.EMPTY)) {
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
        int atOnce = read.isEmpty() ? HOSTS_AT_ONCE : HOSTS_READ_AT_ONCE;
        ExecutorService workers = Executors.newFixedThreadPool(atOnce, Check::daemonThread);
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
            away(number, "host " + number, new HostTally(), held, "is not in the master file any more", listener);
            return;
        }
        HostTally tally = new HostTally();
        try {
            probe(
                    host,
                    held.stream().filter(pack -> !read.contains(pack.pack())).toList(),
                    tally,
                    listener);
            HostedPack.Room room = new HostedPack.Room();
            for (PackEntry pack : held) {
                if (read.contains(pack.pack())) {
                    readWhole(host, pack, room, opener, tally, listener);
                }
            }
            hosts.add(tally.done(number, host.name(), held.size(), null));
        } catch (TransferException e) {
            away(number, host.name(), tally, held, e.getMessage(), listener);
        }
    }

    private void away(
            long number, String name, HostTally tally, List<PackEntry> held, String reason, CheckListener listener) {
        hosts.add(tally.done(number, name, held.size(), reason));
        found(listener, new Finding(number, name, null, false, reason));
    }

    private void probe(Host host, List<PackEntry> held, HostTally tally, CheckListener listener)
            throws TransferException {
        for (int from = 0; from < held.size(); from += PROBES_AT_ONCE) {
            List<Probe> probes = held.subList(from, Math.min(held.size(), from + PROBES_AT_ONCE)).stream()
                    .map(pack -> new Probe(
                            pack.pack(), pack.length(), random.nextInt((int) LeafHashes.count(pack.length()))))
                    .toList();
            probeAll(host, probes, tally, listener);
        }
    }

    /** A host that will not answer for all at once is asked for each alone, so that none hides behind another. */
    private void probeAll(Host host, List<Probe> probes, HostTally tally, CheckListener listener)
            throws TransferException {
        try {
            List<Spot> spots = transfer.prove(host, probes);
            for (int i = 0; i < probes.size(); i++) {
                bytes.add(LeafHashes.LEAF_OCTETS);
                listener.copy(probes.get(i).length());
                judge(host, spots.get(i), probes.get(i).length(), tally, listener);
            }
        } catch (TransferException e) {
            if (e.reason() == TransferException.Reason.AWAY) {
                throw e;
            }
            if (probes.size() == 1) {
                String pack = probes.get(0).fragment().toString();
                tally.wrong++;
                found(listener, new Finding(host.id(), host.name(), pack, true, e.getMessage()));
            } else {
                for (Probe probe : probes) {
                    probeAll(host, List.of(probe), tally, listener);
                }
            }
        }
    }

    private void judge(Host host, Spot spot, long length, HostTally tally, CheckListener listener) {
        if (spot.verdict() == Verdict.PROVEN) {
            proven.add(spot.fragment());
            right(length, tally);
            return;
        }
        if (spot.verdict() == Verdict.MISSING) {
            tally.missing++;
        } else {
            tally.wrong++;
        }
        String reason = spot.verdict() == Verdict.MISSING
                ? "does not have this fragment any more"
                : "could not prove that it has this fragment: its octets are wrong";
        found(listener, new Finding(host.id(), host.name(), spot.fragment().toString(), true, reason));
    }

    private void right(long length, HostTally tally) {
        copies.increment();
        tally.right++;
        tally.bytes += length;
    }

    private void readWhole(
            Host host,
            PackEntry pack,
            HostedPack.Room room,
            SegmentOpener opener,
            HostTally tally,
            CheckListener listener)
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
            right(pack.length(), tally);
        } catch (TransferException e) {
            if (e.reason() == TransferException.Reason.AWAY) {
                throw e;
            }
            if (e.reason() == TransferException.Reason.MISSING) {
                tally.missing++;
            } else {
                tally.wrong++;
            }
            found(listener, new Finding(host.id(), host.name(), pack.pack().toString(), true, e.getMessage()));
        } catch (IOException e) {
            tally.wrong++;
            found(listener, new Finding(host.id(), host.name(), pack.pack().toString(), true, e.getMessage()));
        }
    }

    /** Counts one host's copies while it is asked. One thread. */
    private static final class HostTally {
        private long right;
        private long wrong;
        private long missing;
        private long bytes;

        HostCheck done(long host, String name, long copies, String trouble) {
            return new HostCheck(host, name, copies, right, wrong, missing, bytes, trouble);
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
