package org.cranny.central.snapshot;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cranny.central.authority.Authority;
import org.cranny.central.brake.Brakes;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.central.placement.Custody;
import org.cranny.central.placement.PackChange;
import org.cranny.central.placement.Shares;
import org.cranny.central.placement.TrashOrders;
import org.cranny.central.system.HostListVersion;
import org.cranny.central.system.News;
import org.cranny.central.system.Systems;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.CommitAnswer;
import org.cranny.protocol.snapshot.CommitRequest;
import org.cranny.protocol.snapshot.Committed;
import org.cranny.protocol.snapshot.Manifest;
import org.cranny.protocol.snapshot.NewContent;
import org.cranny.protocol.snapshot.PackEntry;
import org.cranny.protocol.snapshot.SnapshotLine;

/**
 * The catalogue of snapshots: once committed, never changed.
 *
 * <ul>
 *   <li>A source's versions are 1, 2, 3 … without gaps, each bound to the one before by its hash.
 *   <li>A commit is one transaction; when it is answered it is on disk.
 *   <li>Every pack of a committed snapshot was held by enough hosts when it was committed.
 *   <li>The same manifest again gets the same answer.
 * </ul>
 */
@ApplicationScoped
public class Snapshots {
    private static final String NONE_BEFORE = "0".repeat(64);

    private final Database database;
    private final AuditLog log;
    private final Systems systems;
    private final News news;
    private final Authority authority;
    private final Custody custody;
    private final TrashOrders trash;
    private final Brakes brakes;
    private final HostListVersion masterFile;
    private final Clock clock;

    protected Snapshots() {
        this(null, null, null, null, null, null, null, null, null, null);
    }

    @Inject
    public Snapshots(
            Database database,
            AuditLog log,
            Systems systems,
            News news,
            Authority authority,
            Custody custody,
            TrashOrders trash,
            Brakes brakes,
            HostListVersion masterFile,
            Clock clock) {
        this.database = database;
        this.log = log;
        this.systems = systems;
        this.news = news;
        this.authority = authority;
        this.custody = custody;
        this.trash = trash;
        this.brakes = brakes;
        this.masterFile = masterFile;
        this.clock = clock;
    }

    /**
     * Commits a snapshot. One that was signed in an earlier turn is as good as any, as long as none was committed
     * between: its answer may have been lost, and it cannot be signed again. Packs that it adds again and that are in the
     * trash are brought back.
     *
     * @throws ProblemException VERSION_CONFLICT when another one was committed before or no such lease was given,
     *     PACKS_MISSING with the ids, BAD_REQUEST when it is no manifest of this source
     */
    public Commitment commit(SystemId source, CommitRequest request) {
        Signed signed = parse(request);
        Manifest manifest = open(signed, source);
        try {
            return commit(manifest, signed, request.content());
        } catch (ProblemException e) {
            if (ProblemKind.PACKS_MISSING.name().equals(e.problem().kind())
                    && trash.bringBack(
                            source,
                            manifest.added().stream().map(PackEntry::pack).toList())) {
                return commit(manifest, signed, request.content());
            }
            throw e;
        }
    }

    private Commitment commit(Manifest manifest, Signed signed, NewContent content) {
        SystemId source = manifest.source();
        String hash = HexFormat.of().formatHex(Manifest.hash(signed));
        return database.durably(entities -> {
            systems.lock(source.number());
            Catalogue catalogue = new Catalogue(entities, source.number());
            Optional<SnapshotRow> already = catalogue.find(hash);
            if (already.isPresent()) {
                return new Commitment(answer(already.get()), false);
            }
            checkTurn(manifest, catalogue);
            return new Commitment(answer(add(entities, manifest, signed, content)), true);
        });
    }

    /** The source's snapshots above this version, oldest first. */
    public List<SnapshotLine> list(SystemId source, long after) {
        return database.read(entities -> new Catalogue(entities, source.number())
                .after(after).stream().map(SnapshotRow::line).toList());
    }

    /** The newest snapshot, or nothing. */
    public List<SnapshotLine> newest(SystemId source) {
        return database.read(entities -> new Catalogue(entities, source.number())
                .newest(1).stream().map(SnapshotRow::line).toList());
    }

    /** A system's snapshots for people, newest first, without forgotten ones. @param system its number @param limit 1..1000 */
    public List<SnapshotSummary> summaries(long system, int limit) {
        return summaries(system, limit, false);
    }

    /** As {@link #summaries(long, int)}. @param forgotten whether with those that are forgotten */
    public List<SnapshotSummary> summaries(long system, int limit, boolean forgotten) {
        int most = Math.max(1, Math.min(1_000, limit));
        return database.read(entities -> {
            Catalogue catalogue = new Catalogue(entities, system);
            List<SnapshotRow> rows = forgotten ? catalogue.newest(most) : catalogue.newestKept(most);
            List<Shares> shares = rows.stream()
                    .map(row -> custody.shares(system, row.version()))
                    .toList();
            Map<Long, String> names = systems.names(shares.stream()
                    .flatMap(each -> each.bytes().keySet().stream())
                    .collect(Collectors.toSet()));
            return IntStream.range(0, rows.size())
                    .mapToObj(i -> summary(rows.get(i), shares.get(i), names))
                    .toList();
        });
    }

    /** When each source's newest snapshot was received, by number; sources without any are left out. */
    public Map<Long, Instant> lastReceived() {
        return database.read(entities -> entities.createQuery(
                        "select s.source, max(s.receivedMillis) from SnapshotRow s group by s.source", Object[].class)
                .getResultStream()
                .collect(Collectors.toMap(row -> (Long) row[0], row -> Instant.ofEpochMilli((Long) row[1]))));
    }

    /** How many snapshots were received from one instant up to, without it, another. */
    public long received(Instant from, Instant until) {
        return database.read(entities -> entities.createQuery(
                        "select count(s) from SnapshotRow s where s.receivedMillis >= :from and s.receivedMillis < :until",
                        Long.class)
                .setParameter("from", from.toEpochMilli())
                .setParameter("until", until.toEpochMilli())
                .getSingleResult());
    }

    /**
     * What a system has of a time, without where it lies and without what is forgotten; newest first.
     *
     * @param from included
     * @param until not included
     * @param limit 1..1000
     */
    public List<SnapshotBrief> between(long system, Instant from, Instant until, int limit) {
        return database.read(
                entities -> new Catalogue(entities, system).between(from, until, Math.max(1, Math.min(1_000, limit))));
    }

    private SnapshotRow add(EntityManager entities, Manifest manifest, Signed signed, NewContent content) {
        long source = manifest.source().number();
        custody.change(source, new PackChange(manifest.version(), manifest.added(), manifest.removed()));
        brakes.judge(source, manifest.version(), manifest.bytes(), content);
        Instant received = Instant.ofEpochMilli(clock.millis());
        Committed committed = new Committed(manifest.source(), manifest.version(), Manifest.hash(signed), received);
        SnapshotRow row = new SnapshotRow(manifest, signed, committed, authority.countersign(committed));
        entities.persist(row);
        systems.backedUp(source, received);
        news.hostsChanged("commit of system " + source + " version " + manifest.version());
        log.append("system " + source, "commit", row.hash(), "version " + manifest.version());
        return row;
    }

    private static void checkTurn(Manifest manifest, Catalogue catalogue) {
        Optional<SnapshotRow> newest = catalogue.newest();
        long version = newest.map(SnapshotRow::version).orElse(0L) + 1;
        String previous = newest.map(SnapshotRow::hash).orElse(NONE_BEFORE);
        if (manifest.version() != version
                || !HexFormat.of().formatHex(manifest.previous()).equals(previous)) {
            throw new ProblemException(
                    ProblemKind.VERSION_CONFLICT,
                    "the next version of this source is " + version + " after " + previous);
        }
        if (manifest.epoch() > catalogue.lease().epoch()) {
            throw new ProblemException(
                    ProblemKind.VERSION_CONFLICT, "there was no lease of epoch " + manifest.epoch() + " yet");
        }
    }

    private CommitAnswer answer(SnapshotRow row) {
        return new CommitAnswer(row.hash(), row.version(), row.countersignature(), masterFile.newest());
    }

    private Manifest open(Signed signed, SystemId source) {
        try {
            Manifest manifest = Manifest.open(signed, systems.key(source.number()));
            if (!manifest.source().equals(source)) {
                throw new ProblemException(Problem.ofField("manifest", "it is the manifest of another source"));
            }
            return manifest;
        } catch (MalformedException | IllegalArgumentException e) {
            throw new ProblemException(Problem.ofField("manifest", e.getMessage()));
        }
    }

    private static Signed parse(CommitRequest request) {
        try {
            return Signed.parse(request.manifest() == null ? "" : request.manifest());
        } catch (MalformedException e) {
            throw new ProblemException(Problem.ofField("manifest", e.getMessage()));
        }
    }

    private static SnapshotSummary summary(SnapshotRow row, Shares shares, Map<Long, String> names) {
        List<SnapshotSummary.HostShare> hosts = shares.bytes().entrySet().stream()
                .map(share -> new SnapshotSummary.HostShare(
                        share.getKey(), names.getOrDefault(share.getKey(), "?"), share.getValue()))
                .sorted(Comparator.comparingLong(SnapshotSummary.HostShare::bytes)
                        .reversed())
                .toList();
        return row.summary(shares, hosts);
    }
}
