package org.cranny.central.reliability;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cranny.central.authority.Authority;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.HostStatus;
import org.cranny.protocol.heartbeat.Probe;
import org.cranny.protocol.heartbeat.Seen;
import org.cranny.protocol.heartbeat.Seen.Outcome;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.masterfile.Host.State;
import org.cranny.protocol.tls.MachineIdentity;
import org.cranny.protocol.tls.MutualTls;

/**
 * Central's own looks at hosts, {@value #AT_ONCE} at once and never in the caller's time. Hosts on trial come first;
 * hosts that do not report are left to their peers, for their silence says enough.
 */
@ApplicationScoped
public class Lookout {
    static final int AT_ONCE = 16;

    private static final Logger LOGGER = Logger.getLogger(Lookout.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Reliability reliability;
    private final Roster roster;
    private final Authority authority;
    private final Settings settings;
    private final Clock clock;
    private final Map<Long, Long> lookedAt = new ConcurrentHashMap<>();
    private final Set<Long> waiting = ConcurrentHashMap.newKeySet();
    private final Queue<HostStatus> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger workers = new AtomicInteger();

    @Resource
    private ManagedExecutorService container;

    private Executor executor;
    private Function<HostStatus, Outcome> probe;
    private volatile MachineIdentity identity;

    protected Lookout() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    public Lookout(Reliability reliability, Roster roster, Authority authority, Settings settings, Clock clock) {
        this(reliability, roster, authority, settings, clock, null, null);
    }

    /** @param probe looks at a host; null for the real one */
    public Lookout(
            Reliability reliability,
            Roster roster,
            Authority authority,
            Settings settings,
            Clock clock,
            Executor executor,
            Function<HostStatus, Outcome> probe) {
        this.reliability = reliability;
        this.roster = roster;
        this.authority = authority;
        this.settings = settings;
        this.clock = clock;
        this.executor = executor;
        this.probe = probe;
    }

    /** Has those hosts looked at whose time has come, and returns at once. */
    public void look() {
        List<HostStatus> hosts = roster.page().hosts();
        long now = clock.instant().getEpochSecond();
        long every = settings.reliabilityLookSeconds(hosts.size());
        for (HostStatus host : hosts) {
            boolean due = reliability.isOnTrial(host.number())
                    || Math.abs(now - lookedAt.getOrDefault(host.number(), 0L)) >= every;
            if (due && host.state() != State.SUSPECT && waiting.add(host.number())) {
                queue.add(host);
            }
        }
        lookedAt.keySet().retainAll(roster.page().byNumber().keySet());
        hire();
    }

    private void hire() {
        int missing = Math.min(AT_ONCE, waiting.size()) - workers.get();
        for (int i = 0; i < missing; i++) {
            workers.incrementAndGet();
            try {
                (executor == null ? container : executor).execute(this::work);
            } catch (RejectedExecutionException e) {
                workers.decrementAndGet();
                LOGGER.log(Level.FINE, "the server has no thread for a look", e);
                return;
            }
        }
    }

    private void work() {
        try {
            for (HostStatus host = queue.poll(); host != null; host = queue.poll()) {
                try {
                    look(host);
                } finally {
                    waiting.remove(host.number());
                }
            }
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "central could not look at a host", e);
        } finally {
            workers.decrementAndGet();
        }
    }

    private void look(HostStatus host) {
        long from = System.nanoTime();
        Outcome outcome = probe == null ? reach(host) : probe.apply(host);
        long now = clock.instant().getEpochSecond();
        lookedAt.put(host.number(), now);
        long millis = (System.nanoTime() - from) / 1_000_000;
        reliability.take(Slot.CENTRAL, List.of(new Seen(host.number(), now, outcome, millis)));
    }

    private Outcome reach(HostStatus host) {
        SystemId expected = new SystemId(authority.realm(), host.number());
        return Probe.look(MutualTls.context(identity(), expected::equals), host.address(), PATIENCE);
    }

    private MachineIdentity identity() {
        if (identity == null) {
            identity = authority.identity();
        }
        return identity;
    }
}
