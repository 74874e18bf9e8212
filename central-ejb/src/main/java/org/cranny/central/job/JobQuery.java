package org.cranny.central.job;

import java.util.List;
import org.cranny.protocol.job.JobState;

/**
 * Which jobs to list, newest first.
 *
 * @param state null for all
 * @param system null for all
 * @param after only those before this one in the list; null for the first page
 * @param within only jobs of these systems; null for all
 */
public record JobQuery(JobState state, Long system, Long after, int limit, List<Long> within) {
    public JobQuery(JobState state, Long system, Long after, int limit) {
        this(state, system, after, limit, null);
    }

    /** The same for somebody who sees only these systems. */
    public JobQuery within(List<Long> systems) {
        return new JobQuery(state, system, after, limit, systems);
    }
}
