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
import java.util.Set;
import java.util.function.Consumer;
import org.cranny.central.authority.Authority;
import org.cranny.central.database.Database;
import org.cranny.central.enrollment.Tokens;
import org.cranny.central.log.AuditLog;
import org.cranny.central.settings.ApprovalRule;
import org.cranny.central.settings.Settings;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Keeps one person alone from opening a machine's backups, and from having many of them deleted: whoever asks needs the leave of somebody else, or, where the
 * rule says so, a day in which nobody refuses. {@link ApprovalKind} says who may give it. Where recovery officers have the escrow key, it is they who give leave by
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

    /** Where one person rules alone: how long a brake holds once they asked to release it. */
    private static final Duration ALONE = Duration.ofDays(7);

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
        boolean officers = authority.escrowSplit().isPresent();
        if (settings.approvalRule() == ApprovalRule.NONE && !officers) {
            return Optional.empty();
        }
        return Optional.of(ask(row(ApprovalKind.RECOVERY, actor, system, purpose, why, officers)));
    }

    /**
     * Goes on only with leave for exactly this: the first call asks for it and is refused, the same call by the same
     * person goes on once somebody else gave leave, and the one after that asks anew. Outside of any transaction, so that
     * the question stays when the call is refused.
     *
     * @param system whose backups it is about, or null
     * @param purpose what for, without file names
     * @param content exactly what is to be done
     * @return for {@link #use}; null when this realm asks for nobody's leave, which it always does for a brake
     * @throws ProblemException NOT_APPROVED, and says which approval waits
     */
    public Long demand(ApprovalKind kind, String actor, Long system, String purpose, String content) {
        if (settings.approvalRule() == ApprovalRule.NONE && kind != ApprovalKind.BRAKE) {
            return null;
        }
        String digest = Tokens.hash(kind + "\n" + content);
        Optional<ApprovalRow> found = database.read(entities -> open(entities, actor, digest));
        if (found.isPresent()) {
            require(found.get().id());
            return found.get().id();
        }
        Approval asked = ask(row(kind, actor, system, purpose, null, false).forOnly(digest));
        throw new ProblemException(
                ProblemKind.NOT_APPROVED,
                "approval " + asked.id() + " waits for " + kind.giver() + ": then do the same again");
    }

    private Optional<ApprovalRow> open(EntityManager entities, String actor, String digest) {
        Instant now = clock.instant();
        return entities.createQuery(
                        "select a from ApprovalRow a where a.content = :content and a.expiresMillis > :now"
                                + " order by a.id desc",
                        ApprovalRow.class)
                .setParameter("content", digest)
                .setParameter("now", now.toEpochMilli())
                .getResultStream()
                .filter(row -> row.askedBy(actor) && !row.used())
                .findFirst();
    }

    /** Whether this realm asks for anybody's leave. */
    public boolean areNeeded() {
        return settings.approvalRule() != ApprovalRule.NONE;
    }

    /** Uses leave up, within the transaction that does what it was given for. @param id null when none was needed */
    public void use(Long id) {
        if (id == null) {
            return;
        }
        database.durably(entities -> {
            ApprovalRow row = row(entities, id, LockModeType.PESSIMISTIC_WRITE);
            if (row.used() || row.state(clock.instant()) != ApprovalState.GIVEN) {
                throw new ProblemException(ProblemKind.NOT_APPROVED, "approval " + id + " is good no more: ask again");
            }
            row.use(clock.instant());
            return null;
        });
    }

    private ApprovalRow row(
            ApprovalKind kind, String actor, Long system, String purpose, String why, boolean officers) {
        Instant now = clock.instant();
        boolean alone = settings.approvalRule() == ApprovalRule.NONE && kind == ApprovalKind.BRAKE;
        Instant opens = now.plus(alone ? ALONE : settings.approvalWait());
        boolean neverByTime = settings.approvalRule() == ApprovalRule.SECOND_PERSON && !officers;
        return new ApprovalRow(
                kind, system, purpose, why, officers, actor, now, neverByTime ? null : opens, opens.plus(LIFE));
    }

    private Approval ask(ApprovalRow row) {
        return database.durably(entities -> {
            entities.persist(row);
            entities.flush();
            Approval asked = row.shown(clock.instant());
            news.asked(asked);
            log.append(
                    asked.askedBy(),
                    "approval asked",
                    asked.subject(),
                    "approval " + asked.id() + ", " + asked.purpose()
                            + (asked.why() == null ? "" : ": " + asked.why()));
            return asked;
        });
    }

    /**
     * Gives leave.
     *
     * @param roles that the actor has
     * @throws ProblemException NOT_ALLOWED to whoever asked, and to whoever lacks the role that gives such leave;
     *     NOT_APPROVED when it is decided already
     */
    public Approval give(String actor, Set<String> roles, long id) {
        ApprovalKind kind =
                database.read(entities -> row(entities, id, LockModeType.NONE)).kind();
        if (!roles.contains(kind.role())) {
            throw new ProblemException(
                    ProblemKind.NOT_ALLOWED, "leave for this is given by whoever has the role " + kind.role());
        }
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
                throw new ProblemException(ProblemKind.NOT_APPROVED, described(row, state));
            }
            row.decide(decision, actor, now);
            log.append(
                    actor,
                    decision == ApprovalState.GIVEN ? "approval given" : "approval refused",
                    row.subject(),
                    "approval " + id + ", " + row.purpose());
            news.decided(row.shown(now));
            return row.shown(now);
        });
    }

    /** Notes that recovery officers brought enough shares under this approval and opened what was asked for. */
    public void opened(String actor, long id) {
        settle(id, OFFICERS, row -> log.append(actor, "escrow opened", row.subject(), "approval " + id));
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
                            : described(row, state));
        }
        boolean byTime = !row.decided() && !row.officers();
        return byTime ? settle(id, TIME, this::logTime) : row.given();
    }

    private void logTime(ApprovalRow row) {
        if (!row.decided()) {
            log.append(
                    "central",
                    "approval given",
                    row.subject(),
                    "approval " + row.id() + ", " + row.purpose() + ": nobody refused");
        }
    }

    public Approval find(long id) {
        return database.read(entities -> row(entities, id, LockModeType.NONE)).shown(clock.instant());
    }

    /**
     * The newest, newest first.
     *
     * @param waiting only those that wait for somebody
     * @param systems only those of these systems; null for all
     */
    public List<Approval> newest(boolean waiting, List<Long> systems, int limit) {
        if (systems != null && systems.isEmpty()) {
            return List.of();
        }
        Instant now = clock.instant();
        String which = " where " + (waiting ? "a.state = :waiting and a.expiresMillis > :now" : "1 = 1")
                + (systems == null ? "" : " and a.system in :systems");
        return database.read(entities -> {
            var query = entities.createQuery(
                    "select a from ApprovalRow a" + which + " order by a.id desc", ApprovalRow.class);
            if (waiting) {
                query.setParameter("waiting", ApprovalState.WAITING).setParameter("now", now.toEpochMilli());
            }
            if (systems != null) {
                query.setParameter("systems", systems);
            }
            return query.setMaxResults(limit)
                    .getResultStream()
                    .map(row -> row.shown(now))
                    .toList();
        });
    }

    private static String described(ApprovalRow row, ApprovalState state) {
        long id = row.id();
        return switch (state) {
            case WAITING -> "approval " + id + " waits for " + row.kind().giver();
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
