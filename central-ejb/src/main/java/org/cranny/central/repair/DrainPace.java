package org.cranny.central.repair;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** How fast hosts empty, over the last five minutes; in memory only. Thread-safe. */
final class DrainPace {
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private record Sample(Instant time, long bytes) {}

    private final Map<Long, Deque<Sample>> samples = new HashMap<>();

    /** Forgets all hosts but these. */
    synchronized void watch(Collection<Long> hosts) {
        samples.keySet().retainAll(hosts);
    }

    /** @param bytes that the host keeps */
    synchronized void note(long host, Instant time, long bytes) {
        Deque<Sample> some = samples.computeIfAbsent(host, any -> new ArrayDeque<>());
        some.addLast(new Sample(time, bytes));
        while (some.size() > 2 && some.getFirst().time().isBefore(time.minus(WINDOW))) {
            some.removeFirst();
        }
    }

    /** When so much will be gone at this rate, ISO 8601 to the second; null when that cannot be said. */
    static String end(Instant now, long bytes, OptionalLong rate) {
        if (rate.isEmpty() || rate.getAsLong() == 0 || bytes == 0) {
            return null;
        }
        Instant end = now.plusSeconds(bytes / rate.getAsLong() + 1);
        return Instant.ofEpochSecond(end.getEpochSecond()).toString();
    }

    /** Octets a second, 0 when nothing goes; empty when the host was not watched for long enough to say. */
    synchronized OptionalLong bytesPerSecond(long host) {
        Deque<Sample> some = samples.getOrDefault(host, new ArrayDeque<>());
        if (some.size() < 2) {
            return OptionalLong.empty();
        }
        long millis =
                Duration.between(some.getFirst().time(), some.getLast().time()).toMillis();
        long bytes = some.getFirst().bytes() - some.getLast().bytes();
        return millis <= 0 ? OptionalLong.empty() : OptionalLong.of(Math.max(0, bytes) * 1_000 / millis);
    }
}
