package org.cranny.central.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which jobs somebody looks at just now. Remembered for a short while and by this server alone: it only sets the pace of reports. */
@ApplicationScoped
public class Watched {
    private static final Duration LOOK = Duration.ofSeconds(20);
    private static final int MOST = 10_000;

    private final Clock clock;
    private final Map<Long, Instant> until = new ConcurrentHashMap<>();

    protected Watched() {
        this(null);
    }

    @Inject
    public Watched(Clock clock) {
        this.clock = clock;
    }

    /** Somebody looks. @return whether nobody did before */
    boolean look(long job) {
        if (until.size() >= MOST) {
            until.values().removeIf(end -> end.isBefore(clock.instant()));
        }
        Instant before = until.put(job, clock.instant().plus(LOOK));
        return before == null || before.isBefore(clock.instant());
    }

    boolean is(long job) {
        Instant end = until.get(job);
        return end != null && !end.isBefore(clock.instant());
    }

    void forget(long job) {
        until.remove(job);
    }
}
