package org.cranny.central.browse;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cranny.central.authority.Authority;
import org.cranny.central.escrow.BrowseEscrow;
import org.cranny.central.log.AuditLog;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.engine.browse.Listing;
import org.cranny.engine.browse.NoSuchEntryException;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.keys.BrowseKeys;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.snapshot.UnknownSnapshotException;
import org.cranny.protocol.browse.Answer;
import org.cranny.protocol.browse.ChangePage;
import org.cranny.protocol.browse.EntryPage;
import org.cranny.protocol.browse.Explanation;
import org.cranny.protocol.browse.Question;
import org.cranny.protocol.browse.VersionLine;
import org.cranny.protocol.browse.Wanted;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.PathNotation;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Lists and searches snapshots for people, with the browse keys that sources deposited, and without waking a host. Where
 * the policy keeps the names of files from central, or no key was deposited, the source's agent is asked instead. Each
 * use is in the log, without any file name. A few sources stay open for some minutes, so that paging is quick; what was
 * opened holds keys in memory only.
 */
@ApplicationScoped
public class Browsing {
    private static final int MOST_OPEN = 4;
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final Openings openings;
    private final BrowseEscrow escrow;
    private final BrowseRule rule;
    private final Questions questions;
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
        this(null, null, null, null, null, null, null, null, null);
    }

    @Inject
    public Browsing(
            Openings openings,
            BrowseEscrow escrow,
            BrowseRule rule,
            Questions questions,
            Snapshots snapshots,
            Hosts hosts,
            Authority authority,
            AuditLog log,
            Clock clock) {
        this.openings = openings;
        this.escrow = escrow;
        this.rule = rule;
        this.questions = questions;
        this.snapshots = snapshots;
        this.hosts = hosts;
        this.authority = authority;
        this.log = log;
        this.clock = clock;
    }

    /** The entries of one folder. @param snapshot the beginning of its id, or {@code latest} */
    public EntryPage list(String actor, long system, String snapshot, String path, String after, int limit) {
        return asked(
                new Asking(actor, system, "tree"),
                listing -> listing.list(snapshot, path, after, limit),
                Question.tree(snapshot, path, after, limit),
                Answer::entries);
    }

    /** Everything below a folder that fits. */
    public EntryPage search(String actor, long system, String snapshot, Wanted wanted, String after, int limit) {
        return asked(
                new Asking(actor, system, "search"),
                listing -> listing.search(snapshot, wanted, after, limit),
                Question.search(snapshot, wanted.path(), wanted.name(), wanted.from(), wanted.until(), after, limit),
                Answer::entries);
    }

    /** What a path was over all snapshots, oldest first. */
    public List<VersionLine> versions(String actor, long system, String path) {
        return asked(
                new Asking(actor, system, "versions"),
                listing -> listing.versions(path),
                Question.versions(path),
                Answer::versions);
    }

    /** What differs between two snapshots below a folder. */
    public ChangePage difference(
            String actor, long system, String from, String to, String path, String after, int limit) {
        return asked(
                new Asking(actor, system, "diff"),
                listing -> listing.difference(from, to, path, after, limit),
                Question.difference(from, to, path, after, limit),
                Answer::changes);
    }

    /** Who holds a file, how many losses it survives, since when it is as it is. */
    public Explanation explain(String actor, long system, String snapshot, String path) {
        return asked(
                new Asking(actor, system, "explain"),
                listing -> listing.explain(snapshot, path, this::holders),
                Question.explain(snapshot, path),
                Answer::explanation);
    }

    private Map<Long, Explanation.HolderLine> holders(Set<Long> numbers) {
        return hosts.named(numbers).values().stream()
                .collect(Collectors.toMap(
                        HostStatus::number,
                        host -> new Explanation.HolderLine(
                                host.number(), host.name(), host.state().name())));
    }

    /** Says what of a snapshot nobody wants. */
    @FunctionalInterface
    public interface Taking {
        /** @param path raw octets, relative to {@code /} @param size of files, else 0 */
        boolean leavesOut(byte[] path, boolean folder, long size);
    }

    /**
     * Counts what a snapshot has below some folders.
     *
     * @param paths absolute, in the notation of paths
     * @throws ProblemException NO_BROWSING when central may not list this source by itself
     */
    public Tally tally(String actor, long system, String snapshot, List<String> paths, Taking taking) {
        requireSnapshots(system);
        if (!rule.letsCentralList(system)) {
            throw new ProblemException(
                    ProblemKind.NO_BROWSING,
                    "the policy of system " + system + " keeps the names of its files from central");
        }
        return here(new Asking(actor, system, "tally"), (source, chunks) -> {
            try {
                Snapshot found = source.records().snapshots().find(snapshot);
                Tallying tallying = new Tallying(new SnapshotTree(found, chunks), taking);
                for (String path : paths) {
                    tallying.add(octets("paths", path));
                }
                return tallying.result(found);
            } catch (UnknownSnapshotException | NoSuchEntryException e) {
                throw new ProblemException(ProblemKind.NOT_FOUND, e.getMessage());
            }
        });
    }

    /** Who asks what about whom. */
    private record Asking(String actor, long system, String what) {
        String subject() {
            return "system " + system;
        }
    }

    private interface Work<T> {
        T on(Opened source, ChunkReader chunks) throws IOException;
    }

    private interface Listed<T> {
        T from(Listing listing) throws IOException;
    }

    /** From what central has; where it may not or cannot look into that, from the machine. */
    private <T> T asked(Asking asking, Listed<T> work, Question question, Function<Answer, T> member) {
        requireSnapshots(asking.system());
        if (rule.letsCentralList(asking.system())) {
            try {
                return here(asking, (source, chunks) -> work.from(new Listing(source.records(), chunks)));
            } catch (ProblemException e) {
                if (!ProblemKind.NO_BROWSING.name().equals(e.problem().kind())) {
                    throw e;
                }
            }
        }
        log.append(asking.actor(), "browse", asking.subject(), asking.what() + ", answered by its agent");
        return questions.ask(asking.system(), question, member);
    }

    private synchronized <T> T here(Asking asking, Work<T> work) {
        Kept kept = kept(asking.system());
        log.append(asking.actor(), "browse", asking.subject(), asking.what());
        try (ChunkReader chunks =
                new ChunkReader(kept.source().records(), kept.source().packs())) {
            return work.on(kept.source(), chunks);
        } catch (IOException e) {
            throw new UncheckedIOException(asking.subject() + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private void requireSnapshots(long system) {
        if (system < 1
                || snapshots.newest(new SystemId(authority.realm(), system)).isEmpty()) {
            throw new ProblemException(ProblemKind.NOT_FOUND, "system " + system + " has no snapshot");
        }
    }

    private Kept kept(long system) {
        closeIdle();
        SystemId source = new SystemId(authority.realm(), system);
        long version = snapshots.newest(source).get(0).version();
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
}
