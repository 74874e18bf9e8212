package org.cranny.central.system;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.central.settings.Settings;
import org.cranny.protocol.heartbeat.Heartbeat;
import org.cranny.protocol.heartbeat.LendingLimit;
import org.cranny.protocol.masterfile.Host.State;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;

/**
 * Knows every host's space and state. Space is the last report less the receipts that came after it; silence counts
 * from the last report or from central's own start, whichever is later: a central that slept does not blame the hosts.
 */
@ApplicationScoped
public class Hosts {
    static final String OF_LISTED = " from HostRow h, SystemRow s where s.number = h.number"
            + " and s.revokedMillis is null and h.retiredMillis is null";
    private static final String LISTED = "select h.number, s.name, h.address, h.failureDomain, h.state,"
            + " h.availableBytes, h.promisedBytes, h.quotaBytes, h.keptBytes, h.fragments, h.heardMillis, h.rating,"
            + " h.availability, h.unreachable, h.setAside, h.setAsideMillis, h.limit.ownQuotaBytes" + OF_LISTED;
    private static final String BY_NUMBER = " order by h.number";

    private final Database database;
    private final AuditLog log;
    private final News news;
    private final Settings settings;
    private final Clock clock;
    private volatile Instant listeningSince;

    protected Hosts() {
        this.database = null;
        this.log = null;
        this.news = null;
        this.settings = null;
        this.clock = null;
        this.listeningSince = null;
    }

    @Inject
    public Hosts(Database database, AuditLog log, News news, Settings settings, Clock clock) {
        this.database = database;
        this.log = log;
        this.news = news;
        this.settings = settings;
        this.clock = clock;
        this.listeningSince = clock.instant();
    }

    /** All hosts that were not revoked, by number. */
    public List<HostStatus> all() {
        return database.read(entities -> entities.createQuery(LISTED + BY_NUMBER, Object[].class)
                .getResultStream()
                .map(Hosts::status)
                .toList());
    }

    /** As {@link #all}, a page at a time. @param after number of the last one seen, 0 to begin */
    public List<HostStatus> page(long after, int limit) {
        return database.read(
                entities -> entities.createQuery(LISTED + " and h.number > :after" + BY_NUMBER, Object[].class)
                        .setParameter("after", after)
                        .setMaxResults(limit)
                        .getResultStream()
                        .map(Hosts::status)
                        .toList());
    }

    /** Those of these hosts that were not revoked, by number. */
    public Map<Long, HostStatus> named(Collection<Long> numbers) {
        if (numbers.isEmpty()) {
            return Map.of();
        }
        return database.read(entities -> entities.createQuery(LISTED + " and h.number in :numbers", Object[].class)
                .setParameter("numbers", numbers)
                .getResultStream()
                .map(Hosts::status)
                .collect(Collectors.toMap(HostStatus::number, Function.identity())));
    }

    /** How many hosts there are, in which state. */
    public Map<State, Long> states() {
        return database.read(entities -> entities.createQuery(
                        "select h.state, count(h)" + OF_LISTED + " group by h.state", Object[].class)
                .getResultStream()
                .collect(Collectors.toMap(row -> (State) row[0], row -> (Long) row[1])));
    }

    /** How many hosts there are. */
    public int count() {
        return database.read(entities -> entities.createQuery(
                        "select count(h) from HostRow h, SystemRow s"
                                + " where s.number = h.number and s.revokedMillis is null and h.retiredMillis is null",
                        Long.class)
                .getSingleResult()
                .intValue());
    }

    /** Whether any host keeps more than its owner lends now. */
    public boolean isAnyOver() {
        return database.read(entities -> !entities.createQuery(
                        "select h.number" + OF_LISTED + " and h.keptBytes > h.quotaBytes", Long.class)
                .setMaxResults(1)
                .getResultList()
                .isEmpty());
    }

    /** Failure domains, by number, of the hosts whose word counts: not revoked, not quarantined. */
    public Map<Long, String> trustedDomains() {
        return database.read(entities -> entities.createQuery(
                        "select h.number, h.failureDomain" + OF_LISTED + " and h.decided <> :quarantined",
                        Object[].class)
                .setParameter("quarantined", State.QUARANTINED)
                .getResultStream()
                .collect(Collectors.toMap(row -> (Long) row[0], row -> (String) row[1])));
    }

    /** Numbers of the hosts whose word counts no more: revoked or quarantined. */
    public List<Long> distrusted() {
        return database.read(entities -> entities.createQuery(
                        "select h.number from HostRow h, SystemRow s where s.number = h.number"
                                + " and (s.revokedMillis is not null or h.retiredMillis is not null"
                                + " or h.decided = :quarantined)",
                        Long.class)
                .setParameter("quarantined", State.QUARANTINED)
                .getResultList());
    }

    /**
     * Hosts that were silent for longer than machines of their kind are: a server that sleeps for a day is lost, a
     * laptop that does is a laptop. This is the one rule by which people are told and copies are made elsewhere.
     *
     * @return by number, since when each is silent: its last report, or its enrollment when it never reported
     */
    public Map<Long, Instant> lost() {
        Instant now = clock.instant();
        Duration patience = settings.suspectAfter(count());
        if (!listeningSince(now).plus(patience).isBefore(now)) {
            return Map.of();
        }
        return database.read(entities -> entities.createQuery(
                        "select h, s.enrolledMillis" + OF_LISTED
                                + " and (h.heardMillis is null or h.heardMillis <= :before or h.heardMillis > :ahead)",
                        Object[].class)
                .setParameter("before", now.minus(patience).toEpochMilli())
                .setParameter("ahead", now.plus(patience).toEpochMilli())
                .getResultStream()
                .filter(row -> lost((HostRow) row[0], since(row, now, patience), now, patience))
                .collect(Collectors.toMap(
                        row -> ((HostRow) row[0]).number(),
                        row -> since(row, now, patience),
                        (first, second) -> first,
                        TreeMap::new)));
    }

    private boolean lost(HostRow host, Instant since, Instant now, Duration patience) {
        return host.silent(now, listeningSince, patience)
                && since.plus(settings.lostAfter(host.availability())).isBefore(now);
    }

    /** @param row a host, and when it was enrolled */
    private Instant since(Object[] row, Instant now, Duration patience) {
        Instant since = ((HostRow) row[0]).heard().orElse(Instant.ofEpochMilli((Long) row[1]));
        return since.isAfter(now.plus(patience)) ? listeningSince : since;
    }

    /** When this central began to listen: not after now, though the clock was set back since. */
    private Instant listeningSince(Instant now) {
        if (now.isBefore(listeningSince)) {
            listeningSince = now;
        }
        return listeningSince;
    }

    /** Numbers of the hosts whose copies do not count: distrusted, drained or lost. */
    public Set<Long> bad() {
        Set<Long> bad = new TreeSet<>(distrusted());
        bad.addAll(database.read(
                entities -> entities.createQuery("select h.number" + OF_LISTED + " and h.state in :states", Long.class)
                        .setParameter("states", List.of(State.DRAINING, State.QUARANTINED))
                        .getResultList()));
        bad.addAll(lost().keySet());
        return bad;
    }

    /**
     * Takes a host's report. A daemon that is not the one that reported before ({@link Succession}) is quarantined until
     * somebody has looked at it. A report is
     * told again soon, so it does not wait for the disk; a quarantine does.
     *
     * @return what its owner asked for at central, or null
     */
    public LendingLimit report(long number, Heartbeat heartbeat) {
        Reports.check(heartbeat);
        String counters = Reports.text(heartbeat.counters());
        long full = settings.fullBelowBytes();
        return database.lightly(entities -> {
            HostRow host = HostRow.locked(entities, number);
            String contradiction = host.contradiction(heartbeat, listeningSince);
            boolean setAside = contradiction != null && host.decided() != State.QUARANTINED;
            long freeBefore = host.freeBytes();
            host.report(heartbeat, counters, clock.instant());
            if (setAside) {
                host.setAside(contradiction, clock.instant());
            }
            if (host.settle(false, full)) {
                news.hostsChanged("host " + number + " is " + host.state());
            } else if (noticeable(host, freeBefore)) {
                news.hostsChanged("space of host " + number);
            }
            if (setAside) {
                log.append("central", "quarantine", "host " + number, contradiction);
            }
            return host.limit().told();
        });
    }

    /** Lowers the space of hosts by what they have given receipts for. */
    public void promise(SortedMap<Long, List<Promise>> promises) {
        database.durably(entities -> {
            promises.forEach((number, given) -> {
                HostRow host = HostRow.locked(entities, number);
                given.forEach(promise -> host.promise(promise.length(), promise.receipt()));
                host.settle(host.state() == State.SUSPECT, settings.fullBelowBytes());
            });
            return null;
        });
    }

    /** Makes hosts that were silent too long SUSPECT. @return whether any changed */
    public boolean noticeSilence() {
        Duration patience = settings.suspectAfter(count());
        Instant now = clock.instant();
        if (!listeningSince(now).plus(patience).isBefore(now)) {
            return false;
        }
        List<Long> silent = database.read(entities -> entities.createQuery(
                        "select h" + OF_LISTED + " and h.state <> :suspect"
                                + " and (h.heardMillis is null or h.heardMillis <= :before or h.heardMillis > :ahead)",
                        HostRow.class)
                .setParameter("suspect", State.SUSPECT)
                .setParameter("before", now.minus(patience).toEpochMilli())
                .setParameter("ahead", now.plus(patience).toEpochMilli())
                .getResultStream()
                .filter(host -> host.silent(now, listeningSince, patience))
                .map(HostRow::number)
                .toList());
        return !silent.isEmpty() && database.durably(entities -> suspect(entities, silent, now, patience));
    }

    /** Sets what an administrator wants of a host: ACCEPTING leaves it to its reports, DRAINING and QUARANTINED stay. */
    public void decide(long number, State wanted, String actor) {
        if (wanted != State.ACCEPTING && wanted != State.DRAINING && wanted != State.QUARANTINED) {
            throw new ProblemException(
                    Problem.ofField("state", "one can decide ACCEPTING, DRAINING or QUARANTINED, not " + wanted));
        }
        database.durably(entities -> {
            HostRow host = HostRow.locked(entities, number);
            host.decide(wanted);
            boolean silent = host.silent(clock.instant(), listeningSince, settings.suspectAfter(count()));
            if (host.settle(silent, settings.fullBelowBytes())) {
                news.hostsChanged("host " + number + " is " + host.state());
            }
            log.append(actor, "host state", "host " + number, wanted.name());
            return null;
        });
    }

    /** Takes a host off the list for good; whoever calls this has made sure that nobody needs it. */
    public void retire(long number, String actor) {
        database.durably(entities -> {
            HostRow.locked(entities, number).retire(clock.instant());
            news.hostsChanged("host " + number + " retired");
            log.append(actor, "host retired", "host " + number, "");
            return null;
        });
    }

    /** Sets the standing of the hosts named; numbers that are no hosts are passed over. */
    public void rate(Map<Long, Standing> standings) {
        database.durably(entities -> {
            new TreeMap<>(standings).forEach((number, standing) -> {
                HostRow host = entities.find(HostRow.class, number, LockModeType.PESSIMISTIC_WRITE);
                if (host != null) {
                    host.rate(standing);
                }
            });
            news.hostsChanged("reliability of " + standings.size() + " hosts");
            return null;
        });
    }

    /** Hosts that prove too little of what they keep to get anything new, by number: how honestly each does. */
    public Map<Long, Double> dubious() {
        return database.read(entities -> entities.createQuery(
                        "select h.number, h.honesty" + OF_LISTED + " and h.honesty < 1", Object[].class)
                .getResultStream()
                .filter(row -> Honesty.takesNothing((Double) row[1]))
                .collect(Collectors.toMap(row -> (Long) row[0], row -> (Double) row[1])));
    }

    /** Marks a host that nobody can reach, or takes the mark away. @param reason what is wrong and what to do, or null */
    public void reach(long number, String reason) {
        database.durably(entities -> {
            HostRow host = HostRow.locked(entities, number);
            host.reach(reason);
            if (host.settle(host.state() == State.SUSPECT, settings.fullBelowBytes())) {
                news.hostsChanged("host " + number + " is " + host.state());
            }
            return null;
        });
    }

    /** Notes that a host's looks up to this second were counted. @return the second up to which they had been before */
    public long looked(long number, long untilSecond) {
        return database.lightly(entities -> HostRow.locked(entities, number).looked(untilSecond));
    }

    private boolean suspect(EntityManager entities, List<Long> silent, Instant now, Duration patience) {
        boolean changed = false;
        for (long number : silent) {
            HostRow host = HostRow.locked(entities, number);
            changed |= host.silent(now, listeningSince, patience) && host.settle(true, settings.fullBelowBytes());
        }
        return changed;
    }

    private static boolean noticeable(HostRow host, long freeBefore) {
        return Math.abs(host.freeBytes() - freeBefore) > host.quotaBytes() / 100;
    }

    /** Of columns, not of an entity: ten thousand entities would be looked through for changes when the reading ends. */
    private static HostStatus status(Object[] row) {
        Long heardMillis = (Long) row[10];
        return new HostStatus(
                (Long) row[0],
                (String) row[1],
                (String) row[2],
                (String) row[3],
                (State) row[4],
                HostRow.freeBytes((Long) row[5], (Long) row[6]),
                (Long) row[7],
                (Long) row[8],
                (Long) row[9],
                heardMillis == null ? null : Instant.ofEpochMilli(heardMillis),
                (Double) row[11],
                (String) row[12],
                (String) row[13],
                SetAside.of((String) row[14], (Long) row[15]),
                (Long) row[16]);
    }
}
