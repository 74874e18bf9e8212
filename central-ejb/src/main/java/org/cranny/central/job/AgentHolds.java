package org.cranny.central.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.cranny.protocol.job.AgentHold;
import org.cranny.protocol.job.JobState;

/**
 * Which agents said that they take no work now, and why. An agent says it again every minute, so it is remembered for a
 * short while and by this server alone: it explains why jobs wait, and nothing depends on it.
 */
@ApplicationScoped
public class AgentHolds {
    private static final Duration TRUE_FOR = Duration.ofMinutes(5);
    private static final int MOST = 100_000;

    private final Clock clock;
    private final Map<Long, Told> bySystem = new ConcurrentHashMap<>();

    private record Told(AgentHold hold, Instant when) {}

    protected AgentHolds() {
        this(null);
    }

    @Inject
    public AgentHolds(Clock clock) {
        this.clock = clock;
    }

    /** What an agent says with each claim. @param hold null when it takes every job */
    void told(long system, AgentHold hold) {
        if (hold == null) {
            bySystem.remove(system);
        } else if (bySystem.size() < MOST || bySystem.containsKey(system)) {
            bySystem.put(system, new Told(hold, clock.instant()));
        }
    }

    /** Why this system's agent holds back, while it says so. */
    public Optional<AgentHold> of(long system) {
        Instant now = clock.instant();
        return Optional.ofNullable(bySystem.get(system))
                .filter(told -> told.when().plus(TRUE_FOR).isAfter(now))
                .map(Told::hold)
                .filter(hold -> hold.until() == null || hold.until().isAfter(now));
    }

    /** The job, with what holds it. */
    Job explained(Job job) {
        return job.state() != JobState.WAITING
                ? job
                : of(job.system())
                        .filter(hold -> hold.all() || job.due() != null)
                        .map(job::held)
                        .orElse(job);
    }
}
