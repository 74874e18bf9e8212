package org.cranny.engine.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.cranny.engine.keys.PackKeys;
import org.cranny.engine.pack.PackReader;
import org.cranny.engine.sealing.PackException;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.engine.segment.SegmentOpener;
import org.cranny.engine.transfer.Hosts;
import org.cranny.engine.transfer.Hosts.Probe;
import org.cranny.engine.transfer.Hosts.Spot;
import org.cranny.engine.transfer.Hosts.Verdict;
import org.cranny.engine.transfer.TransferException;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.fragment.LeafHashes;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.snapshot.PackEntry;

/**
 * Looks at every copy of packs, at all hosts at the same time: fetches it, or has its host prove it. What is wrong is named
 * with its host; what a host does not have, only when that host is still {@link #goOn to keep it}. Used once.
 */
final class CopyCheck {
    /** A host reads so many packs from its disk for one answer, and its leaves are in memory here. */
    private static final int PROBES_AT_ONCE = 8;

    private static final int HOSTS_AT_ONCE = 8;

    /** When each has parts of a pack in memory. */
    private static final int HOSTS_READ_AT_ONCE = 3;

    private final Hosts transfer;
    private final Map<Long, Host> masterFile;
    private final PackKeys keys;
    private final Headers headers;
    private final RandomGenerator random;
    private final CheckListener listener;
    private final Findings findings;
    private final Map<Long, HostTally> tallies = new TreeMap<>();
    private final Set<FragmentId> proven = ConcurrentHashMap.newKeySet();
    private final Set<FragmentId> opened = ConcurrentHashMap.newKeySet();
    private final LongAdder copies = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final Map<FragmentId, List<Long>> keepers = new HashMap<>();
    private final Map<FragmentId, Set<Long>> tried = new HashMap<>();
    private final Queue<Missing> missing = new ConcurrentLinkedQueue<>();
    private Set<FragmentId> read = Set.of();
    private boolean everyCopy;

    /** What this source knows of its packs' headers. */
    interface Headers {
        /** Null when it is not known. */
        PackHeader of(FragmentId pack) throws IOException;
    }

    /** Work beside the asking. */
    interface Meanwhile {
        void run() throws IOException;
    }

    /** A copy that its host does not have. */
    private record Missing(FragmentId pack, long host, String reason) {}

    /** A pack, and the hosts that are to keep it. */
    record Held(PackEntry pack, List<Long> hosts) {
        FragmentId id() {
            return pack.pack();
        }
    }

    CopyCheck(
            Hosts transfer,
            Map<Long, Host> masterFile,
            PackKeys keys,
            Headers headers,
            RandomGenerator random,
            CheckListener listener,
            Findings findings) {
        this.transfer = transfer;
        this.masterFile = masterFile;
        this.keys = keys;
        this.headers = headers;
        this.random = random;
        this.listener = listener;
        this.findings = findings;
    }

    /**
     * @param read packs that are to be opened, too
     * @param meanwhile what the calling thread does until hosts have answered
     */
    void run(List<Held> packs, Set<FragmentId> read, boolean everyCopy, Meanwhile meanwhile)
            throws IOException, InterruptedException {
        this.read = read;
        this.everyCopy = everyCopy;
        ExecutorService aside = Executors.newSingleThreadExecutor(CopyCheck::daemonThread);
        try {
            Future<?> looking = aside.submit(() -> {
                look(packs);
                return null;
            });
            meanwhile.run();
            looking.get();
        } catch (ExecutionException e) {
            throw failure(e);
        } finally {
            aside.shutdownNow();
        }
    }

    private static IOException failure(ExecutionException e) {
        return e.getCause() instanceof IOException failed
                ? failed
                : new IOException("The check could not go on: " + e.getCause().getMessage(), e.getCause());
    }

    /** Packs of which a host does not have its copy, and that were not spoken of again since. */
    Set<FragmentId> missing() {
        return missing.stream().map(Missing::pack).collect(Collectors.toSet());
    }

    /**
     * Takes {@link #missing()} up again. A copy that its host is still to keep is named; one that it is not to keep any more
     * counts no longer; copies at other hosts than before are looked at, and may be missing in turn.
     *
     * @param now those of these packs that are still needed, with the hosts that are to keep them now
     */
    void goOn(List<Held> now) throws IOException, InterruptedException {
        Map<FragmentId, List<Long>> still = now.stream().collect(Collectors.toMap(Held::id, Held::hosts));
        for (Missing each = missing.poll(); each != null; each = missing.poll()) {
            if (still.getOrDefault(each.pack(), List.of()).contains(each.host())) {
                name(each);
            } else {
                tallies.get(each.host()).released();
                tried.get(each.pack()).remove(each.host());
            }
        }
        look(now);
    }

    /** Names what is {@link #missing()}. */
    void giveUp() {
        for (Missing each = missing.poll(); each != null; each = missing.poll()) {
            name(each);
        }
    }

    private void name(Missing each) {
        findings.add(tallies.get(each.host()).missing(each.pack().toString(), each.reason()));
    }

    private void look(List<Held> packs) throws IOException, InterruptedException {
        count(packs);
        List<Held> toRead =
                packs.stream().filter(pack -> read.contains(pack.id())).toList();
        Map<Long, List<PackEntry>> turn = everyCopy ? everywhere(toRead) : nextTurn(toRead);
        while (!turn.isEmpty()) {
            pass(turn, HOSTS_READ_AT_ONCE, this::readAll);
            turn = nextTurn(toRead);
        }
        pass(everywhere(packs), HOSTS_AT_ONCE, this::probeAll);
    }

    boolean isProven(FragmentId pack) {
        return proven.contains(pack);
    }

    /** Copies that are right. */
    long copies() {
        return copies.sum();
    }

    /** Octets that came here. */
    long bytes() {
        return bytes.sum();
    }

    /** By number. */
    List<HostCheck> hosts() {
        return tallies.values().stream().map(HostTally::done).toList();
    }

    private void count(List<Held> packs) {
        for (Held pack : packs) {
            List<Long> before = keepers.getOrDefault(pack.id(), List.of());
            keepers.put(pack.id(), pack.hosts());
            for (long number : pack.hosts()) {
                if (!before.contains(number)) {
                    tallies.computeIfAbsent(number, this::tally).held();
                }
            }
        }
    }

    private HostTally tally(long number) {
        Host host = masterFile.get(number);
        HostTally tally = new HostTally(number, host == null ? "host " + number : host.name());
        if (host == null) {
            findings.add(tally.away("is not in the master file any more"));
        }
        return tally;
    }

    /** Every copy that was not looked at. */
    private Map<Long, List<PackEntry>> everywhere(List<Held> packs) {
        Map<Long, List<PackEntry>> byHost = new LinkedHashMap<>();
        for (Held pack : packs) {
            for (long host : pack.hosts()) {
                if (isToBeAsked(pack, host)) {
                    tried.computeIfAbsent(pack.id(), key -> new HashSet<>()).add(host);
                    byHost.computeIfAbsent(host, key -> new ArrayList<>()).add(pack.pack());
                }
            }
        }
        return byHost;
    }

    /** One copy of each that nobody gave yet, evenly over the hosts. */
    private Map<Long, List<PackEntry>> nextTurn(List<Held> packs) {
        Map<Long, List<PackEntry>> byHost = new LinkedHashMap<>();
        Map<Long, Long> load = new HashMap<>();
        for (Held pack : packs) {
            if (opened.contains(pack.id())) {
                continue;
            }
            List<Long> left = new ArrayList<>(pack.hosts());
            left.removeIf(host -> !isToBeAsked(pack, host));
            if (!left.isEmpty()) {
                int first = random.nextInt(left.size());
                Collections.rotate(left, first);
                long host = left.stream()
                        .min(Comparator.comparingLong(each -> load.getOrDefault(each, 0L)))
                        .orElseThrow();
                load.merge(host, pack.pack().length(), Long::sum);
                tried.computeIfAbsent(pack.id(), key -> new HashSet<>()).add(host);
                byHost.computeIfAbsent(host, key -> new ArrayList<>()).add(pack.pack());
            }
        }
        return byHost;
    }

    private boolean isToBeAsked(Held pack, long host) {
        return !tallies.get(host).isAway()
                && !tried.getOrDefault(pack.id(), Set.of()).contains(host);
    }

    /** Asks one host for all of these. */
    private interface Asking {
        void ask(Host host, List<PackEntry> held, HostTally tally, SegmentOpener opener) throws TransferException;
    }

    private void pass(Map<Long, List<PackEntry>> byHost, int atOnce, Asking asking)
            throws IOException, InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(atOnce, CopyCheck::daemonThread);
        try (SegmentOpener opener = new SegmentOpener()) {
            List<Future<?>> tasks = new ArrayList<>();
            byHost.forEach((number, held) -> tasks.add(workers.submit(() -> {
                HostTally tally = tallies.get(number);
                try {
                    asking.ask(masterFile.get(number), held, tally, opener);
                } catch (TransferException e) {
                    findings.add(tally.away(e.getMessage()));
                }
                return null;
            })));
            for (Future<?> task : tasks) {
                task.get();
            }
        } catch (ExecutionException e) {
            throw failure(e);
        } finally {
            workers.shutdownNow();
        }
    }

    private void probeAll(Host host, List<PackEntry> held, HostTally tally, SegmentOpener opener)
            throws TransferException {
        for (int from = 0; from < held.size(); from += PROBES_AT_ONCE) {
            List<Probe> probes = held.subList(from, Math.min(held.size(), from + PROBES_AT_ONCE)).stream()
                    .map(pack -> new Probe(
                            pack.pack(), pack.length(), random.nextInt((int) LeafHashes.count(pack.length()))))
                    .toList();
            probe(host, probes, tally);
        }
    }

    /** A host that will not answer for all at once is asked for each alone, so that none hides behind another. */
    private void probe(Host host, List<Probe> probes, HostTally tally) throws TransferException {
        try {
            List<Spot> spots = transfer.prove(host, probes);
            for (int i = 0; i < probes.size(); i++) {
                bytes.add(LeafHashes.LEAF_OCTETS);
                listener.copy(probes.get(i).length());
                judge(host.id(), spots.get(i), probes.get(i).length(), tally);
            }
        } catch (TransferException e) {
            if (e.reason() == TransferException.Reason.AWAY) {
                throw e;
            }
            if (probes.size() == 1) {
                findings.add(tally.wrong(probes.get(0).fragment().toString(), e.getMessage()));
            } else {
                for (Probe probe : probes) {
                    probe(host, List.of(probe), tally);
                }
            }
        }
    }

    private void judge(long host, Spot spot, long length, HostTally tally) {
        String pack = spot.fragment().toString();
        if (spot.verdict() == Verdict.PROVEN) {
            proven.add(spot.fragment());
            right(length, tally);
        } else if (spot.verdict() == Verdict.MISSING) {
            missing.add(new Missing(spot.fragment(), host, "does not have this fragment any more"));
        } else {
            findings.add(tally.wrong(pack, "could not prove that it has this fragment: its octets are wrong"));
        }
    }

    private void right(long length, HostTally tally) {
        copies.increment();
        tally.right(length);
    }

    private void readAll(Host host, List<PackEntry> held, HostTally tally, SegmentOpener opener)
            throws TransferException {
        for (PackEntry pack : held) {
            String id = pack.pack().toString();
            try {
                read(host, pack, opener);
                bytes.add(pack.length());
                listener.copy(pack.length());
                right(pack.length(), tally);
            } catch (TransferException e) {
                if (e.reason() == TransferException.Reason.AWAY) {
                    throw e;
                }
                if (e.reason() == TransferException.Reason.MISSING) {
                    missing.add(new Missing(pack.pack(), host.id(), e.getMessage()));
                } else {
                    findings.add(tally.wrong(id, e.getMessage()));
                }
            } catch (IOException e) {
                findings.add(tally.wrong(id, e.getMessage()));
            }
        }
    }

    private void read(Host host, PackEntry pack, SegmentOpener opener) throws IOException {
        if (isSealedWhole(host, pack, opener)) {
            opened.add(pack.pack());
            proven.add(pack.pack());
            return;
        }
        HostedPack octets = new HostedPack(transfer, host, pack);
        PackException unopened = null;
        if (!opened.contains(pack.pack())) {
            try (PackReader reader = PackReader.open(octets, keys, opener)) {
                reader.check();
            } catch (PackException e) {
                unopened = e;
            }
        }
        if (!octets.id().equals(pack.pack())) {
            throw new IOException("its octets are wrong");
        }
        opened.add(pack.pack());
        if (unopened != null) {
            throw unopened;
        }
        proven.add(pack.pack());
    }

    /**
     * Whether each octet of a copy is right by its seals alone, so that none has to be hashed: the header is the one that is
     * known, and all else is sealed under it. Of a copy that is not, the hash says whose fault that is.
     */
    private boolean isSealedWhole(Host host, PackEntry pack, SegmentOpener opener) throws IOException {
        PackHeader header = opened.contains(pack.pack()) ? null : headers.of(pack.pack());
        if (header == null) {
            return false;
        }
        HostedPack octets = HostedPack.unhashed(transfer, host, pack);
        try (PackReader reader = PackReader.open(header, octets, keys, opener)) {
            if (!Arrays.equals(octets.read(0, PackHeader.LENGTH), header.bytes())) {
                return false;
            }
            reader.check();
            return true;
        } catch (PackException unopened) {
            return false;
        }
    }

    private static Thread daemonThread(Runnable task) {
        Thread thread = new Thread(task, "check");
        thread.setDaemon(true);
        return thread;
    }
}
