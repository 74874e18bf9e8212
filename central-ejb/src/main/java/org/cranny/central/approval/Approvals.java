package org.cranny.central.approval;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.cranny.central.authority.Authority;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.central.settings.ApprovalRule;
import org.cranny.central.settings.Settings;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Keeps one person alone from opening a machine's backups: whoever asks needs the leave of somebody else, or, where the
 * rule says so, a day in which nobody refuses. Where recovery officers have the escrow key, it is they who give leave by
 * bringing their shares, and they can begin only after that day, whatever the rule is. Every asking and every decision is
 * a row in the log, and the owner is told ({@link ApprovalAsked}, {@link ApprovalDecided}).
 *
 * <p>Life of an approval: asked for, given or refused once, good until it expires.
 */
@ApplicationScoped
public class Approvals {
    private static final String TIME = "time";
    private static final String OFFICERS = "officers";
    private static final Duration LIFE = Duration.ofDays(1);
    private static final int LONGEST_WHY = 500;

    private final Database database;
    private final AuditLog log;
    private final Authority authority;
    private final ApprovalNews news;
    private final Settings settings;
    private final Clock clock;

    protected Approvals() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public Approvals(
            Database database, AuditLog log, Authority authority, ApprovalNews news, Settings settings, Clock clock) {
        this.database = database;
        this.log = log;
        this.authority = authority;
        this.news = news;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Asks for leave, together with the work around it or not at all.
     *
     * @param purpose what for, without file names
     * @param why in the asker's words, or null
     * @return empty when this realm asks for nobody's leave
     */
    public Optional<Approval> ask(String actor, long system, String purpose, String why) {
        if (why != null && (why.length() > LONGEST_WHY || why.chars().anyMatch(Character::isISOControl))) {
            throw new ProblemException(Problem.ofField(
                    "why", "a reason has at most " + LONGEST_WHY + " characters and no control characters"));
        }
        ApprovalRule rule = settings.approvalRule();
        boolean officers = authority.escrowSplit().isPresent();
        if (rule == ApprovalRule.NONE && !officers) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Instant opens = now.plus(settings.approvalWait());
        ApprovalRow row = new ApprovalRow(
                system,
                purpose,
                why,
                officers,
                actor,
                now,
                rule == ApprovalRule.SECOND_PERSON && !officers ? null : opens,
                opens.plus(LIFE));
        return Optional.of(database.durably(entities -> {
            entities.persist(row);
            entities.flush();
            Approval asked = row.shown(now);
            news.asked(asked);
            log.append(
                    actor,
                    "approval asked",
                    "system " + system,
                    "approval " + row.id() + ", " + purpose + (why == null ? "" : ": " + why));
            return asked;
        }));
    }

    /** Gives leave. @throws ProblemException NOT_ALLOWED to whoever asked; VERSION_CONFLICT when it is decided already */
    public Approval give(String actor, long id) {
        return decide(actor, id, ApprovalState.GIVEN);
    }

    /** Refuses; whoever asked may take it back so. */
    public Approval refuse(String actor, long id) {
        return decide(actor, id, ApprovalState.REFUSED);
    }

    private Approval decide(String actor, long id, ApprovalState decision) {
        return database.durably(entities -> {
            ApprovalRow row = row(entities, id, LockModeType.PESSIMISTIC_WRITE);
            Instant now = clock.instant();
            if (decision == ApprovalState.GIVEN && row.officers()) {
                throw new ProblemException(
                        ProblemKind.NOT_ALLOWED, "recovery officers give leave by bringing their shares");
            }
            if (decision == ApprovalState.GIVEN && row.askedBy(actor)) {
                throw new ProblemException(
                        ProblemKind.NOT_ALLOWED, "you asked for approval " + id + " yourself: somebody else gives it");
            }
            ApprovalState state = row.state(now);
            if (state == decision) {
                return row.shown(now);
            }
            boolean canBeTakenBack = state == ApprovalState.GIVEN && decision == ApprovalState.REFUSED;
            if (state != ApprovalState.WAITING && !canBeTakenBack) {
                throw new ProblemException(ProblemKind.NOT_APPROVED, described(id, state));
            }
            row.decide(decision, actor, now);
            log.append(
                    actor,
                    decision == ApprovalState.GIVEN ? "approval given" : "approval refused",
                    "system " + row.system(),
                    "approval " + id + ", " + row.purpose());
            news.decided(row.shown(now));
            return row.shown(now);
        });
    }

    /** Notes that recovery officers brought enough shares under this approval and opened what was asked for. */
    public void opened(String actor, long id) {
        settle(id, OFFICERS, row -> log.append(actor, "escrow opened", "system " + row.system(), "approval " + id));
    }

    /** What time or officers gave is written down at its first use. @return for the log */
    private String settle(long id, String by, Consumer<ApprovalRow> log) {
        return database.durably(entities -> {
            ApprovalRow row = row(entities, id, LockModeType.PESSIMISTIC_WRITE);
            log.accept(row);
            if (!row.decided()) {
                Instant now = clock.instant();
                row.decide(ApprovalState.GIVEN, by, now);
                news.decided(row.shown(now));
            }
            return row.given();
        });
    }

    /**
     * Goes on only with leave.
     *
     * @param id null when none was needed at the time of asking
     * @return who gave it, for the log
     * @throws ProblemException NOT_APPROVED
     */
    public String require(Long id) {
        if (id == null) {
            return "no approval needed";
        }
        ApprovalRow row = database.read(entities -> row(entities, id, LockModeType.NONE));
        ApprovalState state = row.state(clock.instant());
        if (state != ApprovalState.GIVEN) {
            throw new ProblemException(
                    ProblemKind.NOT_APPROVED,
                    state == ApprovalState.WAITING && row.officers()
                            ? "the owner can object to approval " + id + " until "
                                    + row.shown(clock.instant()).opens()
                            : described(id, state));
        }
        boolean byTime = !row.decided() && !row.officers();
        return byTime ? settle(id, TIME, this::logTime) : row.given();
    }

    private void logTime(ApprovalRow row) {
        if (!row.decided()) {
            log.append(
                    "central",
                    "approval given",
                    "system " + row.system(),
                    "approval " + row.id() + ", " + row.purpose() + ": nobody refused");
        }
    }

    public Approval find(long id) {
        return database.read(entities -> row(entities, id, LockModeType.NONE)).shown(clock.instant());
    }

    /** @param waiting only those that wait for somebody @return newest first */
    public List<Approval> newest(boolean waiting, int limit) {
        Instant now = clock.instant();
        String which = waiting ? " where a.state = :waiting and a.expiresMillis > :now" : "";
        return database.read(entities -> {
            var query = entities.createQuery(
                    "select a from ApprovalRow a" + which + " order by a.id desc", ApprovalRow.class);
            if (waiting) {
                query.setParameter("waiting", ApprovalState.WAITING).setParameter("now", now.toEpochMilli());
            }
            return query.setMaxResults(limit)
                    .getResultStream()
                    .map(row -> row.shown(now))
                    .toList();
        });
    }

    private static String described(long id, ApprovalState state) {
        return switch (state) {
            case WAITING -> "approval " + id + " waits for another administrator";
            case GIVEN -> "approval " + id + " is given already";
            case REFUSED -> "approval " + id + " was refused";
            case EXPIRED -> "approval " + id + " has expired: ask again";
        };
    }

    private static ApprovalRow row(EntityManager entities, long id, LockModeType lock) {
        ApprovalRow row = entities.find(ApprovalRow.class, id, lock);
        if (row == null) {
            throw new ProblemException(ProblemKind.NOT_FOUND, "there is no approval " + id);
        }
        return row;
    }
}
