package org.cranny.engine.browse;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.index.Location;
import org.cranny.engine.placement.Holding;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.snapshot.UnknownSnapshotException;
import org.cranny.engine.source.Records;
import org.cranny.engine.tree.Attributes;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.FileParts;
import org.cranny.engine.tree.Thing;
import org.cranny.protocol.browse.ChangeLine;
import org.cranny.protocol.browse.ChangePage;
import org.cranny.protocol.browse.EntryLine;
import org.cranny.protocol.browse.EntryPage;
import org.cranny.protocol.browse.Explanation;
import org.cranny.protocol.browse.VersionLine;
import org.cranny.protocol.browse.Wanted;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.PathNotation;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Lists and searches the snapshots of one source, in the words of the protocol. What was asked wrongly is a
 * {@link ProblemException}: BAD_REQUEST with the field, NOT_FOUND for a snapshot, folder or file that is not there.
 */
public final class Listing {
    private static final int MOST_PACKS_EXPLAINED = 1_000;

    private final Records records;
    private final ChunkReader chunks;

    /** Says who hosts are. */
    @FunctionalInterface
    public interface Holders {
        /** Those of these numbers that are hosts, each with its name and its state. */
        Map<Long, Explanation.HolderLine> named(Set<Long> hosts);
    }

    public Listing(Records records, ChunkReader chunks) {
        this.records = records;
        this.chunks = chunks;
    }

    /** The entries of one folder, or the one of a file. @param snapshot the beginning of its id, or {@code latest} */
    public EntryPage list(String snapshot, String path, String after, int limit) throws IOException {
        return asked(() -> {
            Snapshot found = records.snapshots().find(snapshot);
            SnapshotTree tree = new SnapshotTree(found, chunks);
            byte[] folder = octets("path", path);
            Optional<Entry> entry = tree.find(folder);
            if (entry.isPresent() && !(entry.get().thing() instanceof Thing.Directory)) {
                return new EntryPage(found.id(), List.of(line(folder, entry.get())), null);
            }
            return page(found, Search.list(tree, folder, after == null ? null : octets("after", after), limit));
        });
    }

    /** Everything below a folder that fits; a page may be short and still have a next one. */
    public EntryPage search(String snapshot, Wanted wanted, String after, int limit) throws IOException {
        Search.Query query = new Search.Query(
                wanted.name() == null ? null : new Glob(octets("name", wanted.name())),
                second("from", wanted.from(), Long.MIN_VALUE),
                second("until", wanted.until(), Long.MAX_VALUE));
        byte[] from = after == null ? null : octets("after", after);
        return asked(() -> {
            Snapshot found = records.snapshots().find(snapshot);
            return page(
                    found,
                    Search.search(new SnapshotTree(found, chunks), octets("path", wanted.path()), query, from, limit));
        });
    }

    /** What a path was over all snapshots, oldest first. */
    public List<VersionLine> versions(String path) throws IOException {
        byte[] octets = octets("path", path);
        List<VersionLine> lines = new ArrayList<>();
        for (Versions.Version version : Versions.of(records.snapshots().kept(), octets, chunks)) {
            lines.add(new VersionLine(
                    version.first().id(),
                    version.first().manifest().ended().toString(),
                    version.last().id(),
                    version.last().manifest().ended().toString(),
                    version.entry() == null ? null : line(octets, version.entry())));
        }
        return lines;
    }

    /** What differs between two snapshots below a folder. */
    public ChangePage difference(String from, String to, String path, String after, int limit) throws IOException {
        return asked(() -> {
            Snapshot left = records.snapshots().find(from);
            Snapshot right = records.snapshots().find(to);
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
                        change.before() == null ? null : line(change.path(), change.before()),
                        change.after() == null ? null : line(change.path(), change.after())));
            }
            return new ChangePage(
                    left.id(), right.id(), changes, page.next() == null ? null : PathNotation.of(page.next()));
        });
    }

    /**
     * Who holds a file, how many losses it survives, since when it is as it is.
     *
     * @param holders say who the hosts are
     */
    public Explanation explain(String snapshot, String path, Holders holders) throws IOException {
        byte[] octets = octets("path", path);
        return asked(() -> {
            Snapshot found = records.snapshots().find(snapshot);
            Entry entry = new SnapshotTree(found, chunks)
                    .find(octets)
                    .orElseThrow(
                            () -> new NoSuchEntryException("The snapshot has no " + PathNotation.of(octets) + "."));
            Snapshot since = since(found, octets, entry);
            List<Explanation.PackLine> packs = packs(entry, holders);
            int losses = packs.stream()
                    .mapToInt(pack -> (int) pack.hosts().stream()
                                    .filter(host -> !host.state().equals("GONE"))
                                    .count()
                            - 1)
                    .min()
                    .orElse(0);
            return new Explanation(
                    found.id(),
                    line(octets, entry),
                    since.manifest().ended().toString(),
                    since.id(),
                    Math.max(0, losses),
                    packs);
        });
    }

    private Snapshot since(Snapshot found, byte[] path, Entry entry) throws IOException {
        List<Snapshot> all = records.snapshots().kept();
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

    private List<Explanation.PackLine> packs(Entry entry, Holders holders) throws IOException {
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
        Map<Integer, Holding> holdings = new HashMap<>();
        for (int ordinal : ordinals) {
            records.holdings().of(chunks.pack(ordinal).id()).ifPresent(holding -> holdings.put(ordinal, holding));
        }
        Map<Long, Explanation.HolderLine> known = holders.named(holdings.values().stream()
                .flatMap(holding -> holding.hosts().stream())
                .collect(Collectors.toSet()));
        List<Explanation.PackLine> lines = new ArrayList<>();
        for (int ordinal : ordinals) {
            Optional<Holding> holding = Optional.ofNullable(holdings.get(ordinal));
            lines.add(new Explanation.PackLine(
                    chunks.pack(ordinal).id().toString(),
                    holding.map(each -> each.pack().packClass().name()).orElse("DATA"),
                    chunks.pack(ordinal).length(),
                    holding.map(Holding::hosts).orElse(List.of()).stream()
                            .map(host ->
                                    known.getOrDefault(host, new Explanation.HolderLine(host, "host " + host, "GONE")))
                            .toList()));
        }
        return lines;
    }

    private static EntryPage page(Snapshot snapshot, Found found) {
        return new EntryPage(
                snapshot.id(),
                found.hits().stream().map(hit -> line(hit.path(), hit.entry())).toList(),
                found.next() == null ? null : PathNotation.of(found.next()));
    }

    private static EntryLine line(byte[] path, Entry entry) {
        Attributes attributes = entry.attributes();
        Thing thing = entry.thing();
        boolean device =
                thing instanceof Thing.Special special && special.type().isDevice();
        return new EntryLine(
                PathNotation.of(path),
                entry.type().name().toLowerCase(Locale.ROOT),
                String.format(Locale.ROOT, "%04o", attributes.mode()),
                attributes.uid(),
                attributes.gid(),
                attributes.user(),
                attributes.group(),
                attributes.modified().toString(),
                attributes.xattrs().size(),
                thing instanceof Thing.File file ? file.size() : null,
                thing instanceof Thing.Symlink link ? PathNotation.of(link.target()) : null,
                device ? ((Thing.Special) thing).major() : null,
                device ? ((Thing.Special) thing).minor() : null);
    }

    private interface Asked<T> {
        T answer() throws IOException;
    }

    private static <T> T asked(Asked<T> question) throws IOException {
        try {
            return question.answer();
        } catch (UnknownSnapshotException | NoSuchEntryException e) {
            throw new ProblemException(ProblemKind.NOT_FOUND, e.getMessage());
        }
    }

    private static byte[] octets(String field, String text) {
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
        } catch (DateTimeParseException e) {
            throw new ProblemException(Problem.ofField(field, "a time stands as 2026-01-31T12:00:00Z"));
        }
    }
}
