package org.cranny.client.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/** How fast it goes, over the last ten seconds, and how long it will still take at that rate. Not thread-safe. */
final class Pace {
    private static final long WINDOW_NANOS = 10_000_000_000L;
    private static final double NANOS = 1e9;

    private record Sample(long nanos, long bytes) {}

    private final Deque<Sample> samples = new ArrayDeque<>();
    private Counts latest = new Counts(0, 0, 0, 0, 0, 0);

    void add(long nanos, Counts counts) {
        latest = counts;
        samples.addLast(new Sample(nanos, counts.bytes()));
        while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW_NANOS) {
            samples.removeFirst();
        }
    }

    /** Octets a second, 0 while nothing can be said. */
    double bytesPerSecond() {
        if (samples.size() < 2) {
            return 0;
        }
        long nanos = samples.getLast().nanos() - samples.getFirst().nanos();
        long bytes = samples.getLast().bytes() - samples.getFirst().bytes();
        return nanos <= 0 ? 0 : bytes * NANOS / nanos;
    }

    /** Seconds that are left, when the total and a rate are known. */
    OptionalLong secondsLeft() {
        double rate = bytesPerSecond();
        if (latest.bytesTotal() <= 0 || rate < 1) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.round(Math.max(0, latest.bytesTotal() - latest.bytes()) / rate));
    }
}
