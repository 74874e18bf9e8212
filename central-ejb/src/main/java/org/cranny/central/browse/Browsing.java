package org.cranny.central.browse;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.cranny.central.authority.Authority;
import org.cranny.central.escrow.BrowseEscrow;
import org.cranny.central.log.AuditLog;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.engine.browse.Difference;
import org.cranny.engine.browse.Found;
import org.cranny.engine.browse.Glob;
import org.cranny.engine.browse.NoSuchEntryException;
import org.cranny.engine.browse.Search;
import org.cranny.engine.browse.Versions;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.index.Location;
import org.cranny.engine.keys.BrowseKeys;
import org.cranny.engine.placement.Holding;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.snapshot.UnknownSnapshotException;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.FileParts;
import org.cranny.engine.tree.Thing;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.PathNotation;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.snapshot.SnapshotLine;

/**
 * Lists and searches snapshots for people, with the browse keys that sources deposited, and without waking a host. Each
 * use is in the log, with the snapshot and without any file name. A few sources stay open for some minutes, so that
 * paging is quick; what was opened holds keys in memory only.
 */
@ApplicationScoped
public class Browsing {
    private static final int MOST_OPEN = 4;
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final int MOST_PACKS_EXPLAINED = 1_000;

    private final Openings openings;
    private final BrowseEscrow escrow;
    private final Snapshots snapshots;
    private final Hosts hosts;
    private final Authority authority;
    private final AuditLog log;
    private final Clock clock;
    private final Map<Long, Kept> open = new HashMap<>();

    private record Kept(Opened source, BrowseKeys keys, long version, Instant used) {
        void close() {
            keys.destroy();
            try {
                source.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    protected Browsing() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    public Browsing(
            Openings openings,
            BrowseEscrow escrow,
            Snapshots snapshots,
            Hosts hosts,
            Authority authority,
            AuditLog log,
            Clock clock) {
        this.openings = openings;
        this.escrow = escrow;
        this.snapshots = snapshots;
        this.hosts = hosts;
        this.authority = authority;
        this.log = log;
        this.clock = clock;
    }

    /** What is searched for. @param name pattern with {@code *} and {@code ?}, or null @param from ISO 8601 or null @param until ISO 8601 or null */
    public record Wanted(String path, String name, String from, String until) {}

    /** The entries of one folder. @param snapshot the beginning of its id, or {@code latest} */
    public EntryPage list(String actor, long system, String snapshot, String path, String after, int limit) {
        return reading(actor, system, "tree", (source, chunks) -> {
            Snapshot found = source.records().snapshots().find(snapshot);
            SnapshotTree tree = new SnapshotTree(found, chunks);
            byte[] folder = octets("path", path);
            Optional<Entry> entry = tree.find(folder);
            if (entry.isPresent() && !(entry.get().thing() instanceof Thing.Directory)) {
                return new EntryPage(found.id(), List.of(EntryLine.of(folder, entry.get())), null);
            }
            return page(found, Search.list(tree, folder, after == null ? null : octets("after", after), limit));
        });
    }

    /** Everything below a folder that fits. */
    public EntryPage search(String actor, long system, String snapshot, Wanted wanted, String after, int limit) {
        Search.Query query = new Search.Query(
                wanted.name() == null ? null : new Glob(octets("name", wanted.name())),
                second("from", wanted.from(), Long.MIN_VALUE),
                second("until", wanted.until(), Long.MAX_VALUE));
        return reading(actor, system, "search", (source, chunks) -> {
            Snapshot found = source.records().snapshots().find(snapshot);
            byte[] from = after == null ? null : octets("after", after);
            return page(
                    found,
                    Search.search(new SnapshotTree(found, chunks), octets("path", wanted.path()), query, from, limit));
        });
    }

    /** What a path was over all snapshots, oldest first. */
    public List<VersionLine> versions(String actor, long system, String path) {
        byte[] octets = octets("path", path);
        return reading(actor, system, "versions", (source, chunks) -> {
            List<VersionLine> lines = new ArrayList<>();
            for (Versions.Version version :
                    Versions.of(source.records().snapshots().kept(), octets, chunks)) {
                lines.add(new VersionLine(
                        version.first().id(),
                        version.first().manifest().ended().toString(),
                        version.last().id(),
                        version.last().manifest().ended().toString(),
                        version.entry() == null ? null : EntryLine.of(octets, version.entry())));
            }
            return lines;
        });
    }

    /** What differs between two snapshots below a folder. */
    public ChangePage difference(
            String actor, long system, String from, String to, String path, String after, int limit) {
        return reading(actor, system, "diff", (source, chunks) -> {
            Snapshot left = source.records().snapshots().find(from);
            Snapshot right = source.records().snapshots().find(to);
            Difference.Page page = Difference.between(
                    new SnapshotTree(left, chunks),
                    new SnapshotTree(right, chunks),
                    octets("path", path),
                    after == null ? null : octets("after", after),
                    limit);
            List<ChangeLine> changes = new ArrayList<>();
            for (Difference.Change change : page.changes()) {
                changes.add(new ChangeLine(
                        change.kind().name().toLowerCase(Locale.ROOT),
                        PathNotation.of(change.path()),
                        change.before() == null ? null : EntryLine.of(change.path(), change.before()),
                        change.after() == null ? null : EntryLine.of(change.path(), change.after())));
            }
            return new ChangePage(
                    left.id(), right.id(), changes, page.next() == null ? null : PathNotation.of(page.next()));
        });
    }

    /** Says what of a snapshot nobody wants. */
    @FunctionalInterface
    public interface Taking {
        /** @param path raw octets, relative to {@code /} @param size of files, else 0 */
        boolean leavesOut(byte[] path, boolean folder, long size);
    }

    /** Counts what a snapshot has below some folders. @param paths absolute, in the notation of paths */
    public Tally tally(String actor, long system, String snapshot, List<String> paths, Taking taking) {
        return reading(actor, system, "tally", (source, chunks) -> {
            Snapshot found = source.records().snapshots().find(snapshot);
            Tallying tallying = new Tallying(new SnapshotTree(found, chunks), taking);
            for (String path : paths) {
                tallying.add(octets("paths", path));
            }
            return tallying.result(found);
        });
    }

    /** Who holds a file, how many losses it survives, since when it is as it is. */
    public Explanation explain(String actor, long system, String snapshot, String path) {
        byte[] octets = octets("path", path);
        return reading(actor, system, "explain", (source, chunks) -> {
            Snapshot found = source.records().snapshots().find(snapshot);
            Entry entry = new SnapshotTree(found, chunks)
                    .find(octets)
                    .orElseThrow(
                            () -> new NoSuchEntryException("The snapshot has no " + PathNotation.of(octets) + "."));
            Snapshot since = since(source, chunks, found, octets, entry);
            List<Explanation.PackLine> packs = packs(source, chunks, entry);
            int losses = packs.stream()
                    .mapToInt(pack -> (int) pack.hosts().stream()
                                    .filter(host -> !host.state().equals("GONE"))
                                    .count()
                            - 1)
                    .min()
                    .orElse(0);
            return new Explanation(
                    found.id(),
                    EntryLine.of(octets, entry),
                    since.manifest().ended().toString(),
                    since.id(),
                    Math.max(0, losses),
                    packs);
        });
    }

    private static Snapshot since(Opened source, ChunkReader chunks, Snapshot found, byte[] path, Entry entry)
            throws IOException {
        List<Snapshot> all = source.records().snapshots().kept();
        Snapshot since = found;
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).manifest().version() < found.manifest().version()) {
                Optional<Entry> before = new SnapshotTree(all.get(i), chunks).find(path);
                if (before.isEmpty() || !before.get().thing().equals(entry.thing())) {
                    return since;
                }
                since = all.get(i);
            }
        }
        return since;
    }

    private List<Explanation.PackLine> packs(Opened source, ChunkReader chunks, Entry entry) throws IOException {
        Set<Integer> ordinals = new TreeSet<>();
        if (entry.thing() instanceof Thing.File file) {
            FileParts.chunks(file, chunks, chunk -> {
                Location at = chunks.locate(chunk.id());
                if (ordinals.size() < MOST_PACKS_EXPLAINED) {
                    ordinals.add(at.pack());
                }
            });
        } else if (entry.thing() instanceof Thing.Directory directory) {
            ordinals.add(chunks.locate(directory.node()).pack());
        }
        Map<Integer, Holding> holdings = new TreeMap<>();
        for (int ordinal : ordinals) {
            Optional<Holding> holding =
                    source.records().holdings().of(chunks.pack(ordinal).id());
            holding.ifPresent(found -> holdings.put(ordinal, found));
        }
        Map<Long, HostStatus> known = hosts.named(holdings.values().stream()
                .flatMap(holding -> holding.hosts().stream())
                .collect(Collectors.toSet()));
        List<Explanation.PackLine> lines = new ArrayList<>();
        for (int ordinal : ordinals) {
            FragmentId pack = chunks.pack(ordinal).id();
            Optional<Holding> holding = Optional.ofNullable(holdings.get(ordinal));
            List<Explanation.HolderLine> holders = new ArrayList<>();
            for (long host : holding.map(Holding::hosts).orElse(List.of())) {
                HostStatus status = known.get(host);
                holders.add(new Explanation.HolderLine(
                        host,
                        status == null ? "host " + host : status.name(),
                        status == null ? "GONE" : status.state().name()));
            }
            lines.add(new Explanation.PackLine(
                    pack.toString(),
                    holding.map(each -> each.pack().packClass().name()).orElse("DATA"),
                    chunks.pack(ordinal).length(),
                    holders));
        }
        return lines;
    }

    private static EntryPage page(Snapshot snapshot, Found found) {
        return new EntryPage(
                snapshot.id(),
                found.hits().stream()
                        .map(hit -> EntryLine.of(hit.path(), hit.entry()))
                        .toList(),
                found.next() == null ? null : PathNotation.of(found.next()));
    }

    private interface Work<T> {
        T on(Opened source, ChunkReader chunks) throws IOException;
    }

    private synchronized <T> T reading(String actor, long system, String what, Work<T> work) {
        Kept kept = kept(system);
        log.append(actor, "browse", "system " + system, what);
        try (ChunkReader chunks =
                new ChunkReader(kept.source().records(), kept.source().packs())) {
            return work.on(kept.source(), chunks);
        } catch (UnknownSnapshotException | NoSuchEntryException e) {
            throw new ProblemException(ProblemKind.NOT_FOUND, e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("system " + system + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private Kept kept(long system) {
        closeIdle();
        SystemId source = new SystemId(authority.realm(), system);
        List<SnapshotLine> newest = snapshots.newest(source);
        if (newest.isEmpty()) {
            throw new ProblemException(ProblemKind.NOT_FOUND, "system " + system + " has no snapshot");
        }
        long version = newest.get(0).version();
        Kept known = open.remove(system);
        if (known != null && known.version() != version) {
            known.close();
            known = null;
        }
        Kept used = known == null
                ? opened(source, version)
                : new Kept(known.source(), known.keys(), version, clock.instant());
        open.put(system, used);
        return used;
    }

    private Kept opened(SystemId source, long version) {
        while (open.size() >= MOST_OPEN) {
            long oldest = open.entrySet().stream()
                    .min(Comparator.comparing(each -> each.getValue().used()))
                    .orElseThrow()
                    .getKey();
            open.remove(oldest).close();
        }
        BrowseKeys keys = escrow.open(source, each -> openings.fits(source, each));
        try {
            return new Kept(openings.openHere(source, keys), keys, version, clock.instant());
        } catch (IOException e) {
            keys.destroy();
            throw new UncheckedIOException(e);
        }
    }

    private void closeIdle() {
        Instant oldest = clock.instant().minus(KEPT);
        List<Long> idle = open.entrySet().stream()
                .filter(each -> each.getValue().used().isBefore(oldest))
                .map(Map.Entry::getKey)
                .toList();
        idle.forEach(system -> open.remove(system).close());
    }

    @PreDestroy
    synchronized void closeAll() {
        open.values().forEach(Kept::close);
        open.clear();
    }

    static byte[] octets(String field, String text) {
        try {
            return PathNotation.octets(text);
        } catch (MalformedException e) {
            throw new ProblemException(Problem.ofField(field, e.getMessage()));
        }
    }

    private static long second(String field, String instant, long otherwise) {
        if (instant == null) {
            return otherwise;
        }
        try {
            return Instant.parse(instant).getEpochSecond();
        } catch (java.time.format.DateTimeParseException e) {
            throw new ProblemException(Problem.ofField(field, "a time stands as 2026-01-31T12:00:00Z"));
        }
    }
}
