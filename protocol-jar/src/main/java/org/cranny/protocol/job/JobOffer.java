package org.cranny.protocol.job;

import java.util.Map;

/**
 * A job that was handed to an agent, which must report before the lease passes.
 *
 * @param claim number of this hand-out; every report names it, and reports of an earlier one are refused
 * @param kind name of a {@link JobKind}; an agent that does not know it reports so and fails the job
 * @param order document of this kind
 * @param paths how many the job has
 * @param pages how many pages they stand on, numbered from 1
 * @param attempt counted from 1
 * @param leaseSeconds without a report before the job is handed out again
 */
public record JobOffer(
        long job,
        long claim,
        String kind,
        Map<String, Object> order,
        long paths,
        int pages,
        int attempt,
        long leaseSeconds) {}
