package org.cranny.engine.transfer;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Shares so many octets a second among everything that asks it, in the order in which it is asked. What was not used
 * is kept for a quarter of a second, so that short waits elsewhere cost nothing; over a second or more the rate holds
 * exactly. The rate may change at any time. Thread-safe.
 */
public final class Throttle {
    /** Lets everything through. */
    public static final Throttle NONE = new Throttle(() -> 0, 0, () -> 0, nanos -> {});

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long KEPT_NANOS = SECOND / 4;

    private final LongSupplier bytesPerSecond;
    private final long slowest;
    private final LongSupplier nanos;
    private final Pause pause;
    private boolean begun;
    private long next;

    /** Waits. */
    @FunctionalInterface
    public interface Pause {
        void nanos(long nanos) throws InterruptedException;
    }

    /**
     * @param bytesPerSecond the rate now, 0 for none
     * @param slowest the lowest rate there will ever be, 0 for none
     * @param nanos a clock that only moves onward
     */
    public Throttle(LongSupplier bytesPerSecond, long slowest, LongSupplier nanos, Pause pause) {
        this.bytesPerSecond = bytesPerSecond;
        this.slowest = slowest;
        this.nanos = nanos;
        this.pause = pause;
    }

    /** By the clock of this machine. @param slowest the lowest rate there will ever be, 0 for none */
    public static Throttle of(LongSupplier bytesPerSecond, long slowest) {
        return slowest == 0
                ? NONE
                : new Throttle(bytesPerSecond, slowest, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
    }

    /** As slow as the slower of both, at any time. */
    Throttle and(Throttle other) {
        if (other == NONE) {
            return this;
        }
        return this == NONE ? other : of(() -> slower(rate(), other.rate()), slower(slowest, other.slowest));
    }

    private long rate() {
        return bytesPerSecond.getAsLong();
    }

    /** Of two rates, 0 for none. */
    private static long slower(long one, long other) {
        return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
    }

    /** The lowest rate that may come, 0 when nothing is ever held back. */
    long slowest() {
        return slowest;
    }

    /** Returns when these octets may pass. */
    void pass(int octets) throws InterruptedException {
        long wait = reserve(octets);
        if (wait > 0) {
            pause.nanos(wait);
        }
    }

    private synchronized long reserve(int octets) {
        long rate = bytesPerSecond.getAsLong();
        long now = nanos.getAsLong();
        if (rate <= 0) {
            begun = false;
            return 0;
        }
        if (!begun || next < now - KEPT_NANOS) {
            next = begun ? now - KEPT_NANOS : now;
            begun = true;
        }
        next += (long) ((double) octets * SECOND / rate);
        return next - now;
    }
}
