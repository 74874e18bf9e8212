package org.cranny.central.job;

import org.cranny.protocol.job.JobState;

/** Which jobs to list, newest first. @param state null for all @param system null for all @param after only those before this one in the list; null for the first page */
public record JobQuery(JobState state, Long system, Long after, int limit) {}
