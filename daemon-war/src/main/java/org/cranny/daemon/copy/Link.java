package org.cranny.daemon.copy;

import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How fast this machine gets octets from others, measured on its own transfers, and turns within a share of that. Once a
 * minute the first second of a transfer from a peer goes as fast as the link gives it: that is the measure, and after it
 * the transfer rests until it, too, has kept to the share. All transfers from one peer have one share of what that peer
 * gives, all together one share of the best that was seen lately. Thread-safe.
 */
final class Link {
    /** So long a measurement takes at most. */
    static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** So long a measurement holds. */
    static final long HOLDS_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** A transfer that ends sooner has to be this long to say something about a link, and not about its own beginning. */
    static final long LEAST_BYTES = 4 << 20;

    /** Where nothing but short transfers comes, so much of them together is a measure. */
    static final long SHORT_ONES_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** So much of what was not taken, as while a transfer begins, may be taken afterwards. */
    private static final long CREDIT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final int WHOLE = 100;
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final LongSupplier nanos;
    private final Pause pause;
    private final Map<Long, Lane> peers = new HashMap<>();
    private final Lane all = new Lane();

    /** Waits. */
    interface Pause {
        void nanos(long nanos) throws InterruptedException;
    }

    /** One line of turns. */
    private static final class Lane {
        private double bytesPerSecond;
        private long measured;
        private boolean known;
        private boolean probed;
        private long free;
        private long shortBytes;
        private long shortNanos;

        private boolean isStale(long now) {
            return !known || now - measured > HOLDS_NANOS;
        }

        private void measure(double rate, long now) {
            bytesPerSecond = rate;
            measured = now;
            known = true;
        }

        /** When so many octets, which were just read, may have been read. */
        private long turn(long now, long bytes, int percent) {
            if (!known) {
                return now;
            }
            free = Math.max(free, now - CREDIT_NANOS)
                    + (long) (bytes * (double) TimeUnit.SECONDS.toNanos(1) * WHOLE / percent / bytesPerSecond);
            return free;
        }

        private void rest(long now, long took, int percent) {
            free = Math.max(now, free) + took * (WHOLE - percent) / percent;
        }
    }

    Link() {
        this(System::nanoTime, TimeUnit.NANOSECONDS::sleep);
    }

    Link(LongSupplier nanos, Pause pause) {
        this.nanos = nanos;
        this.pause = pause;
    }

    long now() {
        return nanos.getAsLong();
    }

    /** Whether a transfer from this peer that begins now is to measure; it then ends that with {@link #measured}. */
    synchronized boolean probes(long peer) {
        Lane lane = lane(peer);
        if (lane.probed || !lane.isStale(now())) {
            return false;
        }
        lane.probed = true;
        return true;
    }

    /** Takes what a transfer measured. @param took nanoseconds; 0 when it measured nothing */
    synchronized void measured(long peer, long bytes, long took, int percent) {
        Lane lane = lane(peer);
        lane.probed = false;
        long now = now();
        lane.rest(now, took, percent);
        all.rest(now, took, percent);
        lane.shortBytes += bytes;
        lane.shortNanos += took;
        if (took >= PROBE_NANOS || took > 0 && bytes >= LEAST_BYTES) {
            measured(lane, bytes, took, now);
        } else if (lane.shortNanos >= SHORT_ONES_NANOS) {
            measured(lane, lane.shortBytes, lane.shortNanos, now);
        }
    }

    private void measured(Lane lane, long bytes, long took, long now) {
        lane.shortBytes = 0;
        lane.shortNanos = 0;
        double rate = bytes * (double) TimeUnit.SECONDS.toNanos(1) / took;
        lane.measure(rate, now);
        if (all.isStale(now) || rate > all.bytesPerSecond) {
            all.measure(rate, now);
        }
    }

    /** Returns when transfers from this peer have rested for what they took. */
    void rested(long peer) throws InterruptedIOException {
        await(free(peer));
    }

    private synchronized long free(long peer) {
        return Math.max(lane(peer).free, all.free);
    }

    /** Returns when so many octets more from this peer keep within the share of the link. */
    void take(long peer, long bytes, int percent) throws InterruptedIOException {
        await(turn(peer, bytes, percent));
    }

    private synchronized long turn(long peer, long bytes, int percent) {
        long now = now();
        return Math.max(lane(peer).turn(now, bytes, percent), all.turn(now, bytes, percent));
    }

    /** Returns at this time. */
    void await(long time) throws InterruptedIOException {
        long left = time - now();
        if (left < SHORTEST_NANOS) {
            return;
        }
        try {
            pause.nanos(left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the copy was stopped");
        }
    }

    private Lane lane(long peer) {
        return peers.computeIfAbsent(peer, any -> new Lane());
    }
}
