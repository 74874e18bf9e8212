package org.cranny.central.job;

import java.time.Instant;
import org.cranny.protocol.job.JobOrder;

/** What somebody wants of a source, checked. @param due when a schedule wants it, or null @param reason or null */
record Wish(long system, JobOrder order, Instant due, String actor, String reason) {}
