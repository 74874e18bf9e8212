package org.cranny.central.log;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.cranny.central.database.Database;

/**
 * Remembers who did what: an entry that was changed or taken out breaks the chain of hashes behind it.
 * Append last in a transaction: from there on until it ends, nobody else can.
 */
@ApplicationScoped
public class AuditLog {
    private static final int PAGE = 1_000;
    private static final String START = "0".repeat(64);

    private final Database database;
    private final Clock clock;

    protected AuditLog() {
        this(null, null);
    }

    @Inject
    public AuditLog(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Adds an entry, together with the work around it or not at all. */
    public void append(String actor, String action, String subject, String detail) {
        database.durably(entities -> {
            LogHead head = entities.find(LogHead.class, LogHead.ID, LockModeType.PESSIMISTIC_WRITE);
            LogRow row =
                    new LogRow(head, clock.instant(), cut(actor, 200), action, cut(subject, 200), cut(detail, 2_000));
            head.moveTo(row);
            entities.persist(row);
            return null;
        });
    }

    /** The newest entries, newest first. */
    public List<LogLine> newest(int limit) {
        return database.read(
                entities -> entities.createQuery("select r from LogRow r order by r.sequence desc", LogRow.class)
                        .setMaxResults(limit)
                        .getResultStream()
                        .map(LogRow::line)
                        .toList());
    }

    /** Gives every entry behind this one, oldest first, in pages, up to the newest of now. */
    public void behind(long after, Consumer<LogLine> reader) {
        LogHead head = database.read(entities -> entities.find(LogHead.class, LogHead.ID));
        long last = after;
        for (List<LogRow> page = page(last, head); !page.isEmpty(); page = page(last, head)) {
            page.forEach(row -> reader.accept(row.line()));
            last = page.get(page.size() - 1).sequence();
        }
    }

    /** Number and hash of the newest entry; number 0 when there is none. */
    public Head head() {
        LogHead head = database.read(entities -> entities.find(LogHead.class, LogHead.ID));
        return new Head(head.sequence(), head.hash());
    }

    /** The newest link of the chain. */
    public record Head(long sequence, String hash) {}

    /** What the hashes of these entries are now; an entry that is gone has none. At most 1,000. */
    public Map<Long, String> hashes(Collection<Long> sequences) {
        if (sequences.isEmpty()) {
            return Map.of();
        }
        return database.read(
                entities -> entities.createQuery("select r from LogRow r where r.sequence in :sequences", LogRow.class)
                        .setParameter("sequences", sequences)
                        .getResultStream()
                        .collect(Collectors.toMap(LogRow::sequence, LogRow::hash)));
    }

    /** A page of entries, newest first. */
    public List<LogLine> list(LogQuery query) {
        return database.read(entities -> {
            TypedQuery<LogRow> found = entities.createQuery(
                            "select r from LogRow r where r.sequence < :before"
                                    + (query.actor() == null ? "" : " and r.actor = :actor")
                                    + (query.subject() == null ? "" : " and r.subject = :subject")
                                    + " order by " + (query.actor() == null ? "" : "r.actor, ")
                                    + (query.subject() == null ? "" : "r.subject, ") + "r.sequence desc",
                            LogRow.class)
                    .setParameter("before", query.before() == null ? Long.MAX_VALUE : query.before())
                    .setMaxResults(Math.max(1, Math.min(PAGE, query.limit())));
            if (query.actor() != null) {
                found.setParameter("actor", query.actor());
            }
            if (query.subject() != null) {
                found.setParameter("subject", query.subject());
            }
            return found.getResultStream().map(LogRow::line).toList();
        });
    }

    /** How often somebody did this since then. */
    public long count(String actor, String action, Instant since) {
        return database.read(entities -> entities.createQuery(
                        "select count(r) from LogRow r where r.actor = :actor and r.action = :action"
                                + " and r.writtenMillis > :since",
                        Long.class)
                .setParameter("actor", cut(actor, 200))
                .setParameter("action", action)
                .setParameter("since", since.toEpochMilli())
                .getSingleResult());
    }

    /** How many entries there are. */
    public long count() {
        return database.read(
                entities -> entities.find(LogHead.class, LogHead.ID).sequence());
    }

    /** The number of the first entry at which the chain is broken, or nothing when it is whole. */
    public Optional<Long> firstBroken() {
        LogHead head = database.read(entities -> entities.find(LogHead.class, LogHead.ID));
        String hash = START;
        long after = 0;
        for (List<LogRow> page = page(0, head); !page.isEmpty(); page = page(after, head)) {
            for (LogRow row : page) {
                if (row.sequence() != after + 1 || !row.follows(hash)) {
                    return Optional.of(after + 1);
                }
                hash = row.hash();
                after = row.sequence();
            }
        }
        return head.sequence() == after && head.hash().equals(hash) ? Optional.empty() : Optional.of(after + 1);
    }

    /** The first entries behind this one, oldest first. @param limit 1..1000 */
    public List<LogLine> behind(long after, int limit) {
        LogHead head = database.read(entities -> entities.find(LogHead.class, LogHead.ID));
        return page(after, head, Math.max(1, Math.min(PAGE, limit))).stream()
                .map(LogRow::line)
                .toList();
    }

    private List<LogRow> page(long after, LogHead head) {
        return page(after, head, PAGE);
    }

    private List<LogRow> page(long after, LogHead head, int limit) {
        return database.read(entities -> entities.createQuery(
                        "select r from LogRow r where r.sequence > :after and r.sequence <= :head"
                                + " order by r.sequence",
                        LogRow.class)
                .setParameter("after", after)
                .setParameter("head", head.sequence())
                .setMaxResults(limit)
                .getResultList());
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
