package org.cranny.ear;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition, looking often and for a bounded time. */
final class Await {
    private static final Duration LOOK = Duration.ofMillis(100);

    /** A condition; while it cannot be asked, it does not hold. */
    interface Condition {
        boolean holds() throws IOException;
    }

    private Await() {}

    static void until(String what, Duration limit, Condition condition) {
        if (!within(limit, condition)) {
            throw new AssertionError("not within " + limit.toSeconds() + " s: " + what);
        }
    }

    /** Returns true as soon as the condition holds, false when the time is over. */
    static boolean within(Duration limit, Condition condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return true;
    }

    private static boolean holds(Condition condition) {
        try {
            return condition.holds();
        } catch (IOException notNow) {
            return false;
        }
    }
}
