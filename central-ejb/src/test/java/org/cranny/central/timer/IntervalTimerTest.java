package org.cranny.central.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IntervalTimerTest {
    private int done;

    private final IntervalTimer failing = new IntervalTimer("failing") {
        @Override
        protected Duration interval() {
            return Duration.ofSeconds(10);
        }

        @Override
        protected boolean takesTurns() {
            return false;
        }

        @Override
        protected void work() {
            done++;
            throw new IllegalStateException("the database is away");
        }
    };

    /** Whose method throws twice has no timer any more. */
    @Test
    void workThatFailsIsNoFailureOfTheTimer() {
        failing.fire();
        failing.fire();
        assertEquals(2, done);
    }
}
