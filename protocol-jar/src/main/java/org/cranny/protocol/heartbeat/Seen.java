package org.cranny.protocol.heartbeat;

/**
 * One look of the connectivity monitor.
 *
 * @param system peer's number, 0 for central
 * @param time second of the look
 * @param outcome what came of it
 * @param millis until the answer came, or until nothing more was waited for
 */
public record Seen(long system, long time, Outcome outcome, long millis) {

    /** What came of a look. */
    public enum Outcome {
        /** The system proved to be the one that was meant, and answered. */
        REACHED,
        /** No connection, or one that broke off, or an answer that says that nothing works there. */
        REFUSED,
        /** Nothing came within the time limit. */
        TIMED_OUT,
        /** Somebody else answered. */
        WRONG_IDENTITY
    }

    public boolean reached() {
        return outcome == Outcome.REACHED;
    }
}
