package org.cranny.client.agent;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses between tries: from one second they double up to a minute, each somewhere in its second half, so that many machines do not come at once. */
final class Pauses {
    private static final long FIRST_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 60_000;

    private final RandomGenerator random;
    private long millis = FIRST_MILLIS;

    Pauses(RandomGenerator random) {
        this.random = random;
    }

    Duration next() {
        long pause = millis / 2 + random.nextLong(millis / 2 + 1);
        millis = Math.min(LONGEST_MILLIS, millis * 2);
        return Duration.ofMillis(pause);
    }

    void reset() {
        millis = FIRST_MILLIS;
    }
}
