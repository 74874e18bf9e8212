package org.cranny.central.metrics;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts what central answered since it started. Thread-safe. */
@ApplicationScoped
public class Tally {
    private static final double[] SECONDS = {0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
    private static final double NANOS = 1e9;

    private final LongAdder heartbeats = new LongAdder();
    private final LongAdder commitNanos = new LongAdder();
    private final AtomicLongArray commits = new AtomicLongArray(SECONDS.length + 1);

    /** A host's report was taken. */
    public void heartbeat() {
        heartbeats.increment();
    }

    /** A snapshot was committed, in so much time. */
    public void commit(Duration time) {
        commitNanos.add(time.toNanos());
        int bucket = 0;
        while (bucket < SECONDS.length && time.toNanos() > SECONDS[bucket] * NANOS) {
            bucket++;
        }
        commits.incrementAndGet(bucket);
    }

    void write(Exposition out) {
        out.counter("cranny_heartbeats_total", "Reports of hosts since central started.", heartbeats.sum());
        out.metric("cranny_commit_seconds", "histogram", "How long commits of snapshots took since central started.");
        long sum = 0;
        for (int bucket = 0; bucket < SECONDS.length; bucket++) {
            sum += commits.get(bucket);
            out.value("_bucket", "le", Double.toString(SECONDS[bucket]), sum);
        }
        sum += commits.get(SECONDS.length);
        out.value("_bucket", "le", "+Inf", sum);
        out.suffixed("_sum", commitNanos.sum() / NANOS).suffixed("_count", sum);
    }
}
