package org.cranny.central.snapshot;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.cranny.central.brake.Brakes;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.central.system.Systems;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.snapshot.Manifest;
import org.cranny.protocol.snapshot.VersionRange;

/**
 * Which snapshots stay. Forgetting is soft: for a time it can be undone, and until then all that the snapshot needs is
 * kept. The newest snapshot of a source and those that are held are never forgotten. Once that time is over a snapshot is
 * given up, for ever, before anything that it needs goes and before its source hears of it.
 */
@ApplicationScoped
public class Keepsakes {
    private static final int LONGEST_REASON = 500;

    private final Database database;
    private final Systems systems;
    private final AuditLog log;
    private final Clock clock;

    protected Keepsakes() {
        this(null, null, null, null);
    }

    @Inject
    public Keepsakes(Database database, Systems systems, AuditLog log, Clock clock) {
        this.database = database;
        this.systems = systems;
        this.log = log;
        this.clock = clock;
    }

    /** A source's snapshots, newest first. */
    public List<SnapshotAge> ages(long source) {
        return database.read(entities -> entities.createQuery(
                        "select s.version, s.hash, s.receivedMillis, s.forgottenMillis, s.held from SnapshotRow s"
                                + " where s.source = :source order by s.version desc",
                        Object[].class)
                .setParameter("source", source)
                .getResultStream()
                .map(row -> new SnapshotAge(
                        (Long) row[0],
                        (String) row[1],
                        Instant.ofEpochMilli((Long) row[2]),
                        row[3] == null ? null : Instant.ofEpochMilli((Long) row[3]),
                        (String) row[4]))
                .toList());
    }

    /** Forgets those of these snapshots that may be: none while a brake is on. @return the versions that are forgotten now and were not before */
    public List<Long> forget(long source, Collection<Long> versions, String actor) {
        return database.durably(entities -> {
            systems.lock(source);
            if (Brakes.holding(entities, source).isPresent()) {
                return List.of();
            }
            long newest = new Catalogue(entities, source)
                    .newest()
                    .map(SnapshotRow::version)
                    .orElse(0L);
            List<Long> forgotten = new ArrayList<>();
            for (long version : versions) {
                Optional<SnapshotRow> row = find(entities, source, version);
                if (row.isPresent()
                        && version != newest
                        && !row.get().isHeld()
                        && !row.get().isForgotten()) {
                    row.get().forget(clock.instant(), actor);
                    forgotten.add(version);
                }
            }
            if (!forgotten.isEmpty()) {
                log.append(actor, "forget", "system " + source, "versions " + forgotten);
            }
            return forgotten;
        });
    }

    /**
     * Brings a forgotten snapshot back.
     *
     * @param within how long after forgetting that is possible
     * @throws ProblemException NOT_FOUND, or BAD_REQUEST when it is too late
     */
    public void recall(long source, long version, Duration within, String actor) {
        database.durably(entities -> {
            systems.lock(source);
            SnapshotRow row = known(entities, source, version);
            SnapshotAge age = row.age();
            if (age.forgotten() != null) {
                boolean stopped = Brakes.holding(entities, source).isPresent();
                if (row.isGivenUp() || !stopped && !age.forgotten().plus(within).isAfter(clock.instant())) {
                    throw new ProblemException(Problem.ofField(
                            "version", "version " + version + " was forgotten too long ago to be brought back"));
                }
                row.recall();
                log.append(actor, "forget undone", "system " + source, "version " + version);
            }
            return null;
        });
    }

    /**
     * Gives up what was forgotten for long enough; nothing while central does not know what it missed, after it was made
     * again from a dump. The source is locked.
     *
     * @param within how long after forgetting a snapshot can be brought back
     * @return all versions that are given up
     */
    List<VersionRange> giveUp(long source, Duration within) {
        return database.durably(entities -> {
            long now = clock.millis();
            List<SnapshotRow> ripe =
                    unsure(entities, now) || Brakes.holding(entities, source).isPresent()
                            ? List.of()
                            : entities.createQuery(
                                            "select s from SnapshotRow s where s.source = :source and s.givenUpMillis is null"
                                                    + " and s.held is null and s.forgottenMillis <= :before",
                                            SnapshotRow.class)
                                    .setParameter("source", source)
                                    .setParameter("before", now - within.toMillis())
                                    .getResultList();
            ripe.forEach(row -> row.giveUp(now));
            if (!ripe.isEmpty()) {
                entities.flush();
                log.append(
                        "central",
                        "given up",
                        "system " + source,
                        "versions "
                                + ripe.stream()
                                        .map(SnapshotRow::version)
                                        .sorted()
                                        .toList());
            }
            return givenUp(entities, source);
        });
    }

    /** All versions of a source that are given up. */
    public List<VersionRange> givenUp(SystemId source) {
        return database.read(entities -> givenUp(entities, source.number()));
    }

    private static List<VersionRange> givenUp(EntityManager entities, long source) {
        return VersionRange.of(entities.createQuery(
                        "select s.version from SnapshotRow s where s.source = :source"
                                + " and s.givenUpMillis is not null",
                        Long.class)
                .setParameter("source", source)
                .getResultList());
    }

    private static boolean unsure(EntityManager entities, long now) {
        Object until = entities.createNativeQuery("select coalesce(max(until_millis), 0) from prune_lock")
                .getSingleResult();
        return ((Number) (until instanceof Object[] row ? row[0] : until)).longValue() > now;
    }

    /** Keeps a snapshot whatever the policy says, or lets go of it. @param reason null to let go */
    public void hold(long source, long version, String reason, String actor) {
        if (reason != null
                && (reason.length() > LONGEST_REASON || reason.chars().anyMatch(Character::isISOControl))) {
            throw new ProblemException(Problem.ofField(
                    "reason", "a reason has at most " + LONGEST_REASON + " characters and no control characters"));
        }
        database.durably(entities -> {
            systems.lock(source);
            SnapshotRow row = known(entities, source, version);
            if (reason != null && row.isForgotten()) {
                throw new ProblemException(
                        Problem.ofField("version", "version " + version + " is forgotten: bring it back first"));
            }
            row.hold(reason == null || reason.isBlank() ? null : reason.strip());
            log.append(
                    actor,
                    reason == null ? "hold ended" : "hold",
                    "system " + source,
                    "version " + version + (reason == null ? "" : ": " + reason));
            return null;
        });
    }

    /** The first version whose manifest cannot be read any more; empty when all can. One at a time is in memory. */
    public Optional<Long> unreadable(long source) {
        List<PublicKey> signers = systems.signers(source);
        for (SnapshotAge age : ages(source)) {
            boolean opens = database.read(entities -> find(entities, source, age.version())
                    .map(row -> opens(row, signers))
                    .orElse(true));
            if (!opens) {
                return Optional.of(age.version());
            }
        }
        return Optional.empty();
    }

    private static boolean opens(SnapshotRow row, List<PublicKey> signers) {
        for (PublicKey signer : signers) {
            try {
                if (Manifest.open(row.manifest(), signer).version() == row.version()) {
                    return true;
                }
            } catch (MalformedException | IllegalArgumentException anotherKey) {
                continue;
            }
        }
        return false;
    }

    private static SnapshotRow known(EntityManager entities, long source, long version) {
        return find(entities, source, version)
                .orElseThrow(() -> new ProblemException(
                        ProblemKind.NOT_FOUND, "system " + source + " has no snapshot of version " + version));
    }

    private static Optional<SnapshotRow> find(EntityManager entities, long source, long version) {
        return entities.createQuery(
                        "select s from SnapshotRow s where s.source = :source and s.version = :version",
                        SnapshotRow.class)
                .setParameter("source", source)
                .setParameter("version", version)
                .getResultStream()
                .findFirst();
    }
}
