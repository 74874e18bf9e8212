package org.cranny.central.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.cranny.protocol.job.AgentHold;
import org.cranny.protocol.job.JobProgress;
import org.cranny.protocol.job.JobState;
import org.cranny.protocol.job.JobWarning;

/**
 * A job as people see it. What may name files ({@code order}, {@code message}, {@code examples}) is null in lists.
 *
 * @param kind name of a {@link org.cranny.protocol.job.JobKind}
 * @param due when a schedule wanted it, or null
 * @param actor who asked for it
 * @param started when it was first claimed, null before
 * @param ended null before
 * @param cancelledBy who asked to stop it, or null; it is CANCELLED once its agent has stopped
 * @param attempts how often it was handed out
 * @param paths how many it has
 * @param progress as last reported, null before the first report
 * @param exitCode that the command line would have ended with, null before the end
 * @param summary the outcome's figures, or null
 * @param message why it failed, or null
 * @param warnings so far
 * @param examples the first warnings
 * @param hold why its agent does not take it though it waits, or null
 */
public record Job(
        long id,
        long system,
        String kind,
        JobState state,
        Instant due,
        String actor,
        String reason,
        Instant created,
        Instant started,
        Instant ended,
        String cancelledBy,
        int attempts,
        long paths,
        int pages,
        JobProgress progress,
        Integer exitCode,
        Map<String, Object> summary,
        String message,
        long warnings,
        Map<String, Object> order,
        List<JobWarning> examples,
        AgentHold hold) {

    /** The same, held by its agent. */
    Job held(AgentHold by) {
        return new Job(
                id,
                system,
                kind,
                state,
                due,
                actor,
                reason,
                created,
                started,
                ended,
                cancelledBy,
                attempts,
                paths,
                pages,
                progress,
                exitCode,
                summary,
                message,
                warnings,
                order,
                examples,
                by);
    }
}
