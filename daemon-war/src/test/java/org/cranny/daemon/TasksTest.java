package org.cranny.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TasksTest {
    private static final Duration PAUSE = Duration.ofHours(1);

    private final Tasks tasks = new Tasks();

    /** A timer whose method throws twice is never fired again. */
    @Test
    void aTaskThatFailsIsDoneAgainSoonAndThenAsOftenAsBefore() {
        AtomicBoolean full = new AtomicBoolean(true);
        tasks.add("keeping", () -> {
            if (full.get()) {
                throw new IOException("No space left on device");
            }
            return PAUSE;
        });
        assertTrue(tasks.run("keeping").compareTo(PAUSE) < 0);
        assertTrue(tasks.run("keeping").compareTo(PAUSE) < 0);
        full.set(false);
        assertEquals(PAUSE, tasks.run("keeping"));
    }

    @Test
    void soIsOneThatDoesWhatItMayNot() {
        tasks.add("look", () -> {
            throw new IllegalStateException();
        });
        assertTrue(tasks.run("look").compareTo(PAUSE) < 0);
    }
}
