package org.cranny.protocol.job;

import java.time.Instant;

/**
 * Why an agent takes no work now, though it could be reached. Kinds that are not known are shown as they are.
 *
 * @param kind {@code PAUSED} by its owner, which holds every job; {@code BATTERY}, {@code METERED} (a connection that is
 *     paid by amount) or {@code IN_USE} (somebody works at the machine), which hold planned backups alone
 * @param since when it began
 * @param until when it ends by itself, or null
 */
public record AgentHold(String kind, Instant since, Instant until) {
    public static final String PAUSED = "PAUSED";

    /** Whether every job waits, not planned backups alone. */
    public boolean all() {
        return PAUSED.equals(kind);
    }
}
