package org.cranny.client.central;

import java.io.IOException;
import java.io.InterruptedIOException;

/** Waits between two tries. */
@FunctionalInterface
interface Pause {
    void millis(long millis) throws IOException;

    /** Really waits, and ends early when the thread is interrupted. */
    static Pause real() {
        return millis -> {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for central");
            }
        };
    }
}
