package org.cranny.web.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets something be tried a number of times in a row, then once in five minutes until it succeeds; forgets it after an
 * hour, and remembers the last 10,000.
 */
final class Attempts {
    private static final Duration PAUSE = Duration.ofMinutes(5);
    private static final Duration REMEMBERED_FOR = Duration.ofHours(1);
    private static final int REMEMBERED = 10_000;

    private record Failures(int count, Instant last) {}

    private final int free;
    private final Clock clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param free how many failures in a row cost nothing */
    Attempts(int free, Clock clock) {
        this.free = free;
        this.clock = clock;
    }

    synchronized boolean mayTry(String guesser) {
        Failures seen = seen(guesser);
        return seen == null
                || seen.count() < free
                || !clock.instant().isBefore(seen.last().plus(PAUSE));
    }

    /** @return whether it is locked from now on */
    synchronized boolean failed(String guesser) {
        Failures seen = seen(guesser);
        int count = seen == null ? 1 : seen.count() + 1;
        failures.put(guesser, new Failures(count, clock.instant()));
        return count >= free;
    }

    synchronized void succeeded(String guesser) {
        failures.remove(guesser);
    }

    private Failures seen(String guesser) {
        Failures seen = failures.get(guesser);
        boolean fresh = seen != null
                && Duration.between(seen.last(), clock.instant()).abs().compareTo(REMEMBERED_FOR) <= 0;
        return fresh ? seen : null;
    }
}
