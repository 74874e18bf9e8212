package org.cranny.engine.backup;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What became of a snapshot that was made while central was away, and could not be committed as it was.
 *
 * @param snapshot its id, as it was told when it was made
 * @param ended when it was made, by the source's clock
 * @param now the id under which it is committed, null unless {@link Outcome#COMMITTED}
 * @param reason one line; null when it is committed
 */
public record LateSnapshot(String snapshot, Instant ended, Outcome outcome, String now, String reason) {
    private static final int SHORT = 8;

    /** Which of the three. */
    public enum Outcome {
        /** What was missing was found in the files again; it was signed anew, and has another id. */
        COMMITTED,
        /** It cannot be made whole, and is no snapshot any more. */
        DROPPED,
        /** It could not be looked at now; the next backup tries again. */
        WAITS
    }

    /** For people. */
    public String sentence() {
        String which = "The snapshot " + snapshot.substring(0, SHORT) + " of " + ended.truncatedTo(ChronoUnit.SECONDS);
        return switch (outcome) {
            case COMMITTED ->
                which + ", made while central was away, was signed anew and is " + now.substring(0, SHORT)
                        + " from now on.";
            case DROPPED -> which + ", made while central was away, could not be kept: " + reason + ".";
            case WAITS ->
                which + ", made while central was away, is not committed yet: " + reason
                        + ". The next backup tries again.";
        };
    }
}
