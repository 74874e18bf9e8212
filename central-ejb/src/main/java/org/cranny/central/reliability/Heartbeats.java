package org.cranny.central.reliability;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cranny.central.authority.Authority;
import org.cranny.central.database.Database;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.protocol.heartbeat.Heartbeat;
import org.cranny.protocol.heartbeat.HeartbeatAnswer;
import org.cranny.protocol.heartbeat.LendingLimit;
import org.cranny.protocol.heartbeat.Looks;
import org.cranny.protocol.heartbeat.Peer;
import org.cranny.protocol.heartbeat.Seen;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;

/**
 * Takes the reports of hosts, monitors and sources, and tells them what they must know. A look is counted once, however
 * often it is reported: of each system only looks that are newer than the last one counted.
 */
@ApplicationScoped
public class Heartbeats {
    private static final int MOST_LOOKS = 1_000;

    private final Database database;
    private final Hosts hosts;
    private final Reliability reliability;
    private final Roster roster;
    private final Authority authority;
    private final Settings settings;
    private final Clock clock;
    private final Newest newest = new Newest();

    protected Heartbeats() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    public Heartbeats(
            Database database,
            Hosts hosts,
            Reliability reliability,
            Roster roster,
            Authority authority,
            Settings settings,
            Clock clock) {
        this.database = database;
        this.hosts = hosts;
        this.reliability = reliability;
        this.roster = roster;
        this.authority = authority;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param counted second up to which its looks were counted before */
    private record Heard(LendingLimit limit, long counted) {}

    /** Takes a host's report. */
    public HeartbeatAnswer report(SystemId host, Heartbeat heartbeat) {
        List<Seen> seen = checked(heartbeat.seen());
        HostStatus before = roster.page().byNumber().get(host.number());
        Heard heard = database.lightly(entities -> {
            LendingLimit limit = hosts.report(host.number(), heartbeat);
            return new Heard(limit, hosts.looked(host.number(), newestOf(seen)));
        });
        String address = heartbeat.address() != null || before == null ? heartbeat.address() : before.address();
        reliability.heard(before, host.number(), String.valueOf(address), heartbeat.boots());
        reliability.take(host.number(), after(heard.counted(), seen));
        return answer(host.number(), heard.limit());
    }

    /** Takes the looks of a system that is no host. */
    public HeartbeatAnswer report(SystemId observer, Looks looks) {
        List<Seen> seen = checked(looks.seen());
        reliability.take(observer.number(), after(newest.counted(observer.number(), newestOf(seen)), seen));
        return answer(observer.number(), null);
    }

    private static List<Seen> checked(List<Seen> seen) {
        if (seen == null) {
            return List.of();
        }
        if (seen.size() > MOST_LOOKS || seen.stream().anyMatch(Objects::isNull)) {
            throw new ProblemException(Problem.ofField("seen", "a report has at most " + MOST_LOOKS + " looks"));
        }
        if (seen.stream().anyMatch(look -> look.outcome() == null)) {
            throw new ProblemException(Problem.ofField("seen", "every look has an outcome"));
        }
        return seen;
    }

    private static List<Seen> after(long counted, List<Seen> seen) {
        return seen.stream().filter(look -> look.time() > counted).toList();
    }

    private long newestOf(List<Seen> seen) {
        long latest = clock.instant().getEpochSecond() + Reliability.CLOCKS_DIFFER_SECONDS;
        return seen.stream()
                .mapToLong(Seen::time)
                .filter(time -> time <= latest)
                .max()
                .orElse(0);
    }

    private HeartbeatAnswer answer(long observer, LendingLimit limit) {
        Roster.Page page = roster.page();
        int interval = settings.heartbeatSeconds(page.hosts().size());
        long now = clock.instant().getEpochSecond();
        return new HeartbeatAnswer(
                now,
                interval,
                authority.realmKeys(),
                page.revoked(),
                peers(observer, page, now / interval),
                page.formerKeys(),
                limit,
                false,
                0);
    }

    private List<Peer> peers(long observer, Roster.Page page, long round) {
        Map<Long, Peer> peers = new LinkedHashMap<>();
        reliability
                .onTrial(observer)
                .forEach(host -> peers.put(host.number(), new Peer(host.number(), host.address())));
        Rounds.peers(page.hosts(), observer, round)
                .forEach(host -> peers.put(host.number(), new Peer(host.number(), host.address())));
        return List.copyOf(peers.values());
    }
}
