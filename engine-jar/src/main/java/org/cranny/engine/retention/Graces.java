package org.cranny.engine.retention;

import java.time.Duration;

/**
 * How long forgetting waits, and how much it takes at once.
 *
 * @param recall how long a forgotten snapshot can be brought back
 * @param marksApart how long after a pack was found to be needed by nothing it is put away
 * @param mostPercent of all octets of the source that are put away at once
 */
public record Graces(Duration recall, Duration marksApart, int mostPercent) {
    /** What holds unless somebody says otherwise. */
    public static final Graces USUAL = new Graces(Duration.ofDays(30), Duration.ofHours(4), 20);
}
