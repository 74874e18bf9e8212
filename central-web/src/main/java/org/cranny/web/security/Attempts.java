package org.cranny.web.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lets a name be tried from one address five times in a row, then once a minute until it succeeds; remembers the last 10,000. */
final class Attempts {
    private static final int FREE = 5;
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int REMEMBERED = 10_000;

    private record Failures(int count, Instant last) {}

    private final Clock clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > REMEMBERED;
        }
    };

    Attempts(Clock clock) {
        this.clock = clock;
    }

    synchronized boolean mayTry(String guesser) {
        Failures seen = failures.get(guesser);
        return seen == null
                || seen.count() < FREE
                || !clock.instant().isBefore(seen.last().plus(PAUSE));
    }

    synchronized void failed(String guesser) {
        Failures seen = failures.get(guesser);
        failures.put(guesser, new Failures(seen == null ? 1 : seen.count() + 1, clock.instant()));
    }

    synchronized void succeeded(String guesser) {
        failures.remove(guesser);
    }
}
