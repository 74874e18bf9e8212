package org.cranny.central.brake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.cranny.central.approval.ApprovalKind;
import org.cranny.central.approval.Approvals;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.central.log.Happening;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.Systems;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.snapshot.NewContent;

/**
 * Stops deletion where too much changes at once.
 *
 * <ul>
 *   <li>While a brake is on, no snapshot of its source is forgotten or given up, and no pack of it is marked, put away or
 *       deleted out of the trash, whoever asks. Backups go on, and so does what frees room without making copies fewer
 *       than are wanted.
 *   <li>Central pulls one within the commit that jumped ({@link Jump}), so nothing happens between; the one of all systems
 *       when a tenth of the sources, and three at least, jumped within a day. One person pulls one by hand.
 *   <li>It takes two people to release one, whatever this realm's rule for approvals is.
 *   <li>What was forgotten before has all of its time again once it is released.
 * </ul>
 */
@ApplicationScoped
public class Brakes {
    private static final Duration ONE_DAY = Duration.ofDays(1);
    private static final int FLEET_LEAST = 3;
    private static final int FLEET_SHARE = 10;
    private static final int LONGEST_REASON = 500;
    private static final String CENTRAL = "central";

    private final Database database;
    private final Systems systems;
    private final Approvals approvals;
    private final AuditLog log;
    private final Expected expected;
    private final Rekeying rekeying;
    private final Settings settings;
    private final Clock clock;
    private final Consumer<Happening> told;

    protected Brakes() {
        this(null, null, null, null, null, null, null, null, (Consumer<Happening>) null);
    }

    @Inject
    public Brakes(
            Database database,
            Systems systems,
            Approvals approvals,
            AuditLog log,
            Expected expected,
            Rekeying rekeying,
            Settings settings,
            Clock clock,
            Event<Happening> told) {
        this(database, systems, approvals, log, expected, rekeying, settings, clock, (Consumer<Happening>) told::fire);
    }

    public Brakes(
            Database database,
            Systems systems,
            Approvals approvals,
            AuditLog log,
            Expected expected,
            Rekeying rekeying,
            Settings settings,
            Clock clock,
            Consumer<Happening> told) {
        this.database = database;
        this.systems = systems;
        this.approvals = approvals;
        this.log = log;
        this.expected = expected;
        this.rekeying = rekeying;
        this.settings = settings;
        this.clock = clock;
        this.told = told;
    }

    /** Why nothing of this source may go now, in one sentence without an end; empty when no brake is on. */
    public static Optional<String> holding(EntityManager entities, long source) {
        return entities.createQuery(
                        "select b.id from BrakeRow b where b.openKey is not null"
                                + " and (b.source = :source or b.source is null)",
                        Long.class)
                .setParameter("source", source)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(id -> "brake " + id + " is on: two people release it (cranny admin brake release " + id + ")");
    }

    /**
     * Judges a commit within its transaction, with its source locked and its packs booked, before its snapshot is written.
     *
     * @param files octets of its files
     * @param said what is new in them; null when the source says nothing
     */
    public void judge(long source, long version, long files, NewContent said) {
        database.durably(entities -> {
            entities.flush();
            Judged commit = Judged.of(source, version, files, expected.selection(source), said);
            History history = History.of(entities, commit, starts(entities, source), clock.instant());
            Optional<Jump.Day> day = history.base().map(base -> history.day());
            note(entities, commit, day.map(Jump.Day::shares));
            if (find(entities, source).isEmpty()) {
                seen(history, day, () -> expected.dueInADay(source), settings.brakeLeastBytes())
                        .ifPresent(what -> pull(
                                entities,
                                source,
                                history.base().orElse(null),
                                CENTRAL,
                                "version " + version + ": " + what));
            }
            return null;
        });
    }

    private History.Starts starts(EntityManager entities, long source) {
        long accepted = entities.createQuery(
                        "select coalesce(max(b.releasedMillis), 0) from BrakeRow b"
                                + " where b.source = :source or b.source is null",
                        Long.class)
                .setParameter("source", source)
                .getSingleResult();
        long replaced = Stream.of(systems.keyReplaced(source), rekeying.last(source))
                .flatMap(Optional::stream)
                .mapToLong(Instant::toEpochMilli)
                .max()
                .orElse(0);
        return new History.Starts(accepted, replaced);
    }

    private static void note(EntityManager entities, Judged commit, Optional<Jump.Shares> shares) {
        entities.createNativeQuery("insert into brake_commit (source, version, selection, share_gone, share_new,"
                        + " share_rewritten, new_plain, new_stored) values (?, ?, ?, cast(? as double precision),"
                        + " cast(? as double precision), cast(? as double precision), ?, ?)")
                .setParameter(1, commit.source())
                .setParameter(2, commit.version())
                .setParameter(3, commit.selection())
                .setParameter(4, shares.map(Jump.Shares::gone).orElse(null))
                .setParameter(5, shares.map(Jump.Shares::fresh).orElse(null))
                .setParameter(6, shares.map(Jump.Shares::rewritten).orElse(null))
                .setParameter(7, commit.plain())
                .setParameter(8, commit.stored())
                .executeUpdate();
    }

    /** @param due backups that the policy asked for in 24 hours @param leastBytes the floor */
    static Optional<String> seen(History history, Optional<Jump.Day> day, LongSupplier due, long leastBytes) {
        if (history.isFirstDay()) {
            return Optional.empty();
        }
        return Jump.often(history.inADay(), history.busiest(), due)
                .or(() ->
                        day.flatMap(each -> Jump.of(each, history.sharesBefore(), history.storedBefore(), leastBytes)));
    }

    /** Stops all deletion everywhere when many sources jumped on the same day. */
    public void lookAtAll() {
        long sources = systems.all().stream()
                .filter(machine -> machine.isSource() && !machine.revoked())
                .count();
        database.durably(entities -> {
            long jumped = entities.createQuery(
                            "select count(b) from BrakeRow b where b.openKey is not null and b.source is not null"
                                    + " and b.pulledBy = :central and b.pulledMillis > :since",
                            Long.class)
                    .setParameter("central", CENTRAL)
                    .setParameter("since", clock.instant().minus(ONE_DAY).toEpochMilli())
                    .getSingleResult();
            if (jumped >= FLEET_LEAST
                    && jumped * FLEET_SHARE >= sources
                    && find(entities, null).isEmpty()) {
                pull(entities, null, null, CENTRAL, jumped + " of " + sources + " sources jumped within 24 hours");
            }
            return null;
        });
    }

    /**
     * Pulls one by hand. One that is on stays as it is.
     *
     * @param source null for all
     * @param reason in the person's words
     * @throws ProblemException BAD_REQUEST when the reason is too long, NOT_FOUND when there is no such system
     */
    public Brake pull(Long source, String actor, String reason) {
        String why = reason == null || reason.isBlank() ? "pulled by hand" : reason.strip();
        if (why.length() > LONGEST_REASON || why.chars().anyMatch(Character::isISOControl)) {
            throw new ProblemException(Problem.ofField(
                    "reason", "a reason has at most " + LONGEST_REASON + " characters and no control characters"));
        }
        return database.durably(entities -> {
            if (source != null) {
                if (systems.find(source).isEmpty()) {
                    throw new ProblemException(ProblemKind.NOT_FOUND, "there is no system " + source);
                }
                systems.lock(source);
            }
            return find(entities, source)
                    .map(BrakeRow::shown)
                    .orElseGet(() -> pull(entities, source, null, actor, why));
        });
    }

    private Brake pull(EntityManager entities, Long source, Long lastGood, String actor, String reason) {
        BrakeRow row = new BrakeRow(source, lastGood, actor, clock.instant(), reason);
        entities.persist(row);
        entities.flush();
        Brake brake = row.shown();
        log.append(actor, "brake pulled", brake.subject(), "brake " + brake.id() + ": " + reason);
        told.accept(new Happening(Happening.What.BRAKE_PULLED, brake.subject(), reason));
        return brake;
    }

    /**
     * Lets deletion go on, with another administrator's leave.
     *
     * @throws ProblemException NOT_APPROVED, and says which approval waits; NOT_FOUND
     */
    public Brake release(long id, String actor) {
        Brake seen =
                database.read(entities -> row(entities, id, LockModeType.NONE).shown());
        if (seen.released() != null) {
            return seen;
        }
        Long leave = approvals.demand(ApprovalKind.BRAKE, actor, seen.system(), "release brake " + id, "brake " + id);
        return database.durably(entities -> {
            BrakeRow row = row(entities, id, LockModeType.PESSIMISTIC_WRITE);
            if (row.shown().released() != null) {
                return row.shown();
            }
            approvals.use(leave);
            Instant now = clock.instant();
            row.release(actor, now);
            renewTime(entities, seen.system(), now);
            log.append(actor, "brake released", seen.subject(), "brake " + id);
            told.accept(new Happening(Happening.What.BRAKE_RELEASED, seen.subject(), "released by " + actor));
            return row.shown();
        });
    }

    private static void renewTime(EntityManager entities, Long source, Instant now) {
        var query = entities.createQuery(
                "update SnapshotRow s set s.forgottenMillis = :now where s.forgottenMillis is not null"
                        + " and s.givenUpMillis is null" + (source == null ? "" : " and s.source = :source"));
        query.setParameter("now", now.toEpochMilli());
        if (source != null) {
            query.setParameter("source", source);
        }
        query.executeUpdate();
    }

    /** Newest first. @param all also those that were released */
    public List<Brake> list(boolean all) {
        return database.read(entities -> entities.createQuery(
                        "select b from BrakeRow b" + (all ? "" : " where b.openKey is not null")
                                + " order by b.id desc",
                        BrakeRow.class)
                .setMaxResults(1_000)
                .getResultStream()
                .map(BrakeRow::shown)
                .toList());
    }

    /** The brake that holds a source's snapshots: its own, or else that of all. */
    public Optional<Brake> on(long source) {
        return database.read(entities ->
                find(entities, source).or(() -> find(entities, null)).map(BrakeRow::shown));
    }

    /** @throws ProblemException NOT_FOUND */
    public Brake show(long id) {
        return database.read(entities -> row(entities, id, LockModeType.NONE).shown());
    }

    private static Optional<BrakeRow> find(EntityManager entities, Long source) {
        return entities.createQuery("select b from BrakeRow b where b.openKey = :key", BrakeRow.class)
                .setParameter("key", BrakeRow.key(source))
                .getResultStream()
                .findFirst();
    }

    private static BrakeRow row(EntityManager entities, long id, LockModeType lock) {
        BrakeRow row = entities.find(BrakeRow.class, id, lock);
        if (row == null) {
            throw new ProblemException(ProblemKind.NOT_FOUND, "there is no brake " + id);
        }
        return row;
    }
}
