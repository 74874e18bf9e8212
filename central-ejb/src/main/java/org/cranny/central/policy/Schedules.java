package org.cranny.central.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cranny.central.database.Database;
import org.cranny.central.system.Systems;
import org.cranny.protocol.policy.EffectivePolicy;
import org.cranny.protocol.policy.Policy;

/**
 * Calls for backups when they are due.
 *
 * <ul>
 *   <li>A due time is called for once, whatever is restarted and however many servers look: whoever moves the source's
 *       row on has called.
 *   <li>What was missed while nobody looked is caught up with one backup, if the policy does not forbid it and the
 *       window is open; else the source waits for its next time.
 *   <li>A changed policy takes effect at the next look.
 *   <li>After a start, and when the clock was set back, what is due later is computed again: a clock that was ahead
 *       leaves no source without backups.
 * </ul>
 */
@ApplicationScoped
public class Schedules {
    /** Later than this is late, and a matter of catching up. */
    static final Duration LATE = Duration.ofMinutes(5);

    private static final Logger LOGGER = Logger.getLogger(Schedules.class.getName());
    private static final int PAGE = 200;
    private static final int MOST_AHEAD = 1_000;
    private static final Duration AHEAD = Duration.ofDays(62);

    private final Database database;
    private final Policies policies;
    private final Systems systems;
    private final PolicyNews news;
    private final Clock clock;
    private volatile Instant looked = Instant.MAX;

    protected Schedules() {
        this(null, null, null, null, null);
    }

    @Inject
    public Schedules(Database database, Policies policies, Systems systems, PolicyNews news, Clock clock) {
        this.database = database;
        this.policies = policies;
        this.systems = systems;
        this.news = news;
        this.clock = clock;
    }

    /** What a source is told, with the times from the beginning of this hour on. */
    public EffectivePolicy forSource(long system) {
        Effective effective = policies.effective(system);
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        List<Long> due = times(effective.policy(), system)
                .map(times -> times.upcoming(hour, MOST_AHEAD, hour.plus(AHEAD)))
                .orElse(List.of())
                .stream()
                .map(Instant::getEpochSecond)
                .toList();
        EffectivePolicy untagged = new EffectivePolicy("", effective.policy(), effective.folders(), due);
        return new EffectivePolicy(tag(untagged), effective.policy(), effective.folders(), due);
    }

    /** The times that come next. */
    public List<Instant> next(long system, int count) {
        return next(policies.effective(system).policy(), system, count);
    }

    /** The times that would come next for a system if this policy held. */
    public List<Instant> next(Policy policy, long system, int count) {
        return times(policy, system)
                .map(times -> times.upcoming(clock.instant(), count, Instant.MAX))
                .orElse(List.of());
    }

    /** Looks which backups are due, and calls for them. @return how many were called for */
    public int look() {
        adopt();
        refreshStale();
        Instant now = clock.instant();
        if (now.isBefore(looked)) {
            reconsider(now);
        }
        looked = now;
        int called = 0;
        long after = 0;
        for (List<Object[]> page = due(now, after); !page.isEmpty(); page = due(now, after)) {
            for (Object[] row : page) {
                after = (Long) row[0];
                called += attempt(after, Instant.ofEpochMilli((Long) row[1]), now) ? 1 : 0;
            }
        }
        return called;
    }

    /** Gives new sources their row. */
    private void adopt() {
        database.durably(entities -> {
            List<?> fresh = entities.createNativeQuery("select s.number from system s where s.roles like '%source%'"
                            + " and s.roles not like '%device%'"
                            + " and s.revoked_millis is null"
                            + " and not exists (select 1 from backup_due d where d.source = s.number)")
                    .setMaxResults(PAGE)
                    .getResultList();
            fresh.forEach(number -> entities.persist(new DueRow(((Number) number).longValue())));
            return null;
        });
    }

    private void refreshStale() {
        for (List<Long> page = stale(); !page.isEmpty(); page = stale()) {
            for (long source : page) {
                refresh(source, clock.instant());
            }
        }
    }

    private void refresh(long source, Instant now) {
        database.durably(entities -> {
            DueRow row = entities.find(DueRow.class, source, LockModeType.PESSIMISTIC_WRITE);
            row.refresh(nextAfter(source, row.from(now, LATE)));
            return null;
        });
    }

    private void reconsider(Instant now) {
        long after = 0;
        for (List<Long> page = later(now, after); !page.isEmpty(); page = later(now, after)) {
            for (long source : page) {
                refresh(source, now);
                after = source;
            }
        }
    }

    private List<Long> later(Instant now, long after) {
        return database.read(entities -> entities.createQuery(
                        "select d.source from DueRow d where d.nextMillis > :now and d.source > :after"
                                + " order by d.source",
                        Long.class)
                .setParameter("now", now.toEpochMilli())
                .setParameter("after", after)
                .setMaxResults(PAGE)
                .getResultList());
    }

    private List<Long> stale() {
        return database.read(
                entities -> entities.createQuery("select d.source from DueRow d where d.stale = 1", Long.class)
                        .setMaxResults(PAGE)
                        .getResultList());
    }

    private List<Object[]> due(Instant now, long after) {
        return database.read(entities -> entities.createQuery(
                        "select d.source, d.nextMillis from DueRow d where d.nextMillis <= :now and d.source > :after"
                                + " order by d.source",
                        Object[].class)
                .setParameter("now", now.toEpochMilli())
                .setParameter("after", after)
                .setMaxResults(PAGE)
                .getResultList());
    }

    /** One source that fails does not keep the others waiting; it is tried again at the next look. */
    private boolean attempt(long source, Instant due, Instant now) {
        try {
            return call(source, due, now);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "the backup of system " + source + " that is due could not be called for", e);
            return false;
        }
    }

    private boolean call(long source, Instant due, Instant now) {
        Optional<Policy> policy = policyOf(source);
        Optional<Times> times = policy.flatMap(each -> times(each, source));
        Optional<String> reason = times.flatMap(each -> reason(each, policy.orElseThrow(), due, now));
        Long next =
                times.flatMap(each -> each.next(now)).map(Instant::toEpochMilli).orElse(null);
        return database.durably(entities -> {
            DueRow row = entities.find(DueRow.class, source, LockModeType.PESSIMISTIC_WRITE);
            boolean ours = row.pass(due.toEpochMilli(), next);
            if (ours && reason.isPresent()) {
                news.due(new BackupDue(source, due, reason.get()));
            }
            return ours && reason.isPresent();
        });
    }

    /** Why this is called for, or empty when it is left out. */
    private static Optional<String> reason(Times times, Policy policy, Instant due, Instant now) {
        if (Duration.between(due, now).compareTo(LATE) <= 0) {
            return Optional.of("schedule");
        }
        boolean wanted = !Boolean.FALSE.equals(policy.schedule().catchUp());
        return wanted && times.open(now) ? Optional.of("catch-up") : Optional.empty();
    }

    private Long nextAfter(long source, Instant after) {
        return policyOf(source)
                .flatMap(policy -> times(policy, source))
                .flatMap(times -> times.next(after))
                .map(Instant::toEpochMilli)
                .orElse(null);
    }

    /** Empty when the source was shut out. */
    private Optional<Policy> policyOf(long source) {
        return systems.find(source).filter(machine -> !machine.revoked()).map(machine -> policies.effective(source)
                .policy());
    }

    /** Empty when no backup is ever due. */
    private static Optional<Times> times(Policy policy, long system) {
        boolean any = policy.schedule() != null
                && policy.schedule().times() != null
                && !policy.schedule().times().isEmpty();
        return any ? Optional.of(Times.of(policy.schedule(), system)) : Optional.empty();
    }

    private static String tag(EffectivePolicy policy) {
        try {
            byte[] text = Documents.object(policy).toString().getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
