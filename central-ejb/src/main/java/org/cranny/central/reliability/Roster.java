package org.cranny.central.reliability;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.central.system.HostsChanged;
import org.cranny.central.system.Systems;

/**
 * The hosts as every report needs them, read once for many: ten thousand hosts report every minute, and each wants to
 * know about others. It is read anew after news, in great realms at most every few seconds, and every minute anyway.
 */
@ApplicationScoped
public class Roster {
    private static final long OLDEST_SECONDS = 60;
    private static final int HOSTS_A_SECOND = 1_000;

    private final Hosts hosts;
    private final Systems systems;
    private final Clock clock;
    private final Object reading = new Object();
    private volatile Page page;
    private volatile boolean stale;

    protected Roster() {
        this(null, null, null);
    }

    @Inject
    public Roster(Hosts hosts, Systems systems, Clock clock) {
        this.hosts = hosts;
        this.systems = systems;
        this.clock = clock;
    }

    /** As it was at one moment. */
    record Page(List<HostStatus> hosts, Map<Long, HostStatus> byNumber, List<Long> revoked, long readAt) {
        boolean knows(long host) {
            return byNumber.containsKey(host);
        }
    }

    public void hostsChanged(@Observes HostsChanged news) {
        stale = true;
    }

    Page page() {
        Page current = page;
        if (good(current)) {
            return current;
        }
        synchronized (reading) {
            if (!good(page)) {
                stale = false;
                page = read();
            }
            return page;
        }
    }

    private boolean good(Page read) {
        if (read == null) {
            return false;
        }
        long age = clock.instant().getEpochSecond() - read.readAt();
        return age >= 0 && (stale ? age < read.hosts().size() / HOSTS_A_SECOND : age < OLDEST_SECONDS);
    }

    private Page read() {
        Map<Long, HostStatus> byNumber = new TreeMap<>();
        hosts.all().forEach(host -> byNumber.put(host.number(), host));
        return new Page(
                List.copyOf(byNumber.values()),
                byNumber,
                systems.revoked(),
                clock.instant().getEpochSecond());
    }
}
