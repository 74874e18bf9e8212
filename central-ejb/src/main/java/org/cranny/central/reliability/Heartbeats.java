package org.cranny.central.reliability;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cranny.central.authority.Authority;
import org.cranny.central.database.Database;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.central.system.Systems;
import org.cranny.protocol.heartbeat.Heartbeat;
import org.cranny.protocol.heartbeat.HeartbeatAnswer;
import org.cranny.protocol.heartbeat.Peer;
import org.cranny.protocol.heartbeat.Seen;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;

/**
 * Takes the reports of hosts and tells them what they must know. A look is counted once, however often it is reported:
 * of each host only looks that are newer than the last one counted.
 */
@ApplicationScoped
public class Heartbeats {
    private static final int MOST_LOOKS = 1_000;
    private static final int PEERS = 4;
    private static final long HOURS_KEPT = 168;
    private static final long HOUR = 3_600;

    private final Database database;
    private final Systems systems;
    private final Hosts hosts;
    private final Authority authority;
    private final Settings settings;
    private final Clock clock;
    private final SecureRandom random;

    protected Heartbeats() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    public Heartbeats(
            Database database,
            Systems systems,
            Hosts hosts,
            Authority authority,
            Settings settings,
            Clock clock,
            SecureRandom random) {
        this.database = database;
        this.systems = systems;
        this.hosts = hosts;
        this.authority = authority;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    public HeartbeatAnswer report(SystemId host, Heartbeat heartbeat) {
        List<Seen> seen = heartbeat.seen() == null ? List.of() : heartbeat.seen();
        if (seen.size() > MOST_LOOKS || seen.stream().anyMatch(Objects::isNull)) {
            throw new ProblemException(Problem.ofField("seen", "a report has at most " + MOST_LOOKS + " looks"));
        }
        long now = clock.instant().getEpochSecond();
        long newest = seen.stream()
                .mapToLong(Seen::time)
                .filter(time -> time <= now)
                .max()
                .orElse(0);
        long counted = database.durably(entities -> {
            hosts.report(host.number(), heartbeat);
            return hosts.looked(host.number(), newest);
        });
        count(fresh(host.number(), seen, counted, now), now);
        List<HostStatus> all = hosts.all();
        return new HeartbeatAnswer(
                clock.instant().getEpochSecond(),
                settings.heartbeatSeconds(all.size()),
                authority.realmKeys(),
                systems.revoked(),
                peers(host.number(), all),
                systems.formerKeys());
    }

    private List<Seen> fresh(long observer, List<Seen> seen, long counted, long now) {
        Set<Long> known = hosts.all().stream().map(HostStatus::number).collect(Collectors.toSet());
        return seen.stream()
                .filter(look -> look.time() > Math.max(counted, now - HOURS_KEPT * HOUR) && look.time() <= now)
                .filter(look -> look.system() != observer && known.contains(look.system()))
                .toList();
    }

    /** A transaction of its own: it locks other hosts than the one that reports. */
    private void count(List<Seen> fresh, long now) {
        if (!fresh.isEmpty()) {
            database.durably(entities -> {
                add(entities, fresh);
                rate(entities, fresh.stream().map(Seen::system).collect(Collectors.toSet()), now);
                return null;
            });
        }
    }

    /** Adds looks hour by hour, always in the same order, so that reports which arrive together do not block. */
    private static void add(EntityManager entities, List<Seen> fresh) {
        Map<Long, Map<Long, List<Seen>>> sorted = fresh.stream()
                .collect(Collectors.groupingBy(
                        Seen::system,
                        TreeMap::new,
                        Collectors.groupingBy(look -> look.time() / HOUR, TreeMap::new, Collectors.toList())));
        sorted.forEach((system, hours) -> hours.forEach((hour, looks) -> {
            LooksRow.Hour id = new LooksRow.Hour(system, hour);
            LooksRow row = entities.find(LooksRow.class, id, LockModeType.PESSIMISTIC_WRITE);
            if (row == null) {
                row = new LooksRow(id);
                entities.persist(row);
            }
            row.add(looks.stream().filter(Seen::reached).count(), looks.size());
        }));
    }

    private void rate(EntityManager entities, Collection<Long> looked, long now) {
        entities.flush();
        entities.createQuery("delete from LooksRow l where l.hour.system in :systems and l.hour.epochHour < :oldest")
                .setParameter("systems", looked)
                .setParameter("oldest", now / HOUR - HOURS_KEPT)
                .executeUpdate();
        Map<Long, Double> ratings = new HashMap<>();
        entities.createQuery(
                        "select l.hour.system, sum(l.reached), sum(l.total) from LooksRow l"
                                + " where l.hour.system in :systems group by l.hour.system",
                        Object[].class)
                .setParameter("systems", looked)
                .getResultList()
                .forEach(sums -> ratings.put((Long) sums[0], Rating.of((Long) sums[1], (Long) sums[2])));
        hosts.rate(ratings);
    }

    private List<Peer> peers(long self, List<HostStatus> all) {
        List<Peer> others = all.stream()
                .filter(other -> other.number() != self)
                .map(other -> new Peer(other.number(), other.address()))
                .collect(Collectors.toList());
        Collections.shuffle(others, random);
        return List.copyOf(others.subList(0, Math.min(PEERS, others.size())));
    }
}
