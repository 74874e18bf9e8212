package org.cranny.client.policy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.cranny.protocol.policy.EffectivePolicy;
import org.cranny.protocol.policy.Policy;

/** Which planned backup this machine should make, decided by the kept policy alone, with no central awake. */
public final class Plan {
    /** Later than this is late, and a matter of catching up, at central too. */
    private static final Duration LATE = Duration.ofMinutes(5);

    private final EffectivePolicy policy;
    private final Clock clock;

    public Plan(EffectivePolicy policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * The planned time that should be served now: the newest that has passed, once for all that were missed.
     *
     * @param served the newest planned time that a backup was made for, by this machine or by a call of central
     */
    public Optional<Instant> due(Instant served) {
        Instant now = clock.instant();
        return times().stream()
                .filter(time -> time.isAfter(served) && !time.isAfter(now))
                .reduce((earlier, later) -> later)
                .filter(time -> !time.plus(LATE).isBefore(now) || mayCatchUp(now));
    }

    /** The next planned time. */
    public Optional<Instant> next() {
        Instant now = clock.instant();
        return times().stream().filter(time -> time.isAfter(now)).findFirst();
    }

    private List<Instant> times() {
        return policy.due() == null
                ? List.of()
                : policy.due().stream().map(Instant::ofEpochSecond).toList();
    }

    private boolean mayCatchUp(Instant now) {
        Policy.Schedule schedule = policy.policy().schedule();
        return schedule == null || !Boolean.FALSE.equals(schedule.catchUp()) && isOpen(schedule, now);
    }

    private static boolean isOpen(Policy.Schedule schedule, Instant now) {
        if (schedule.window() == null) {
            return true;
        }
        ZoneId zone = ZoneId.of(schedule.zone() == null ? "UTC" : schedule.zone());
        LocalTime time = LocalDateTime.ofInstant(now, zone).toLocalTime();
        return DayTimes.contains(schedule.window().from(), schedule.window().to(), time);
    }
}
