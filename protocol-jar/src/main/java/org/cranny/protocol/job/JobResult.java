package org.cranny.protocol.job;

import java.util.List;
import java.util.Map;

/**
 * How a hand-out ended. WAITING gives the job back unfinished, because the agent is being stopped.
 *
 * @param state DONE, FAILED, CANCELLED, or WAITING
 * @param exitCode that the command line would have ended with
 * @param summary flat, the members of the command line's summary but no names of files; null without one
 * @param message why it failed: one line, or null
 * @param warnings how many there were
 * @param examples the first of them, at most {@link #MOST_EXAMPLES}; null for none
 */
public record JobResult(
        long claim,
        String state,
        int exitCode,
        Map<String, Object> summary,
        String message,
        long warnings,
        List<JobWarning> examples) {
    public static final int MOST_EXAMPLES = 100;
}
