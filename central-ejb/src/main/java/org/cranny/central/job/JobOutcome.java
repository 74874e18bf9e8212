package org.cranny.central.job;

import java.util.List;
import org.cranny.protocol.job.JobWarning;

/** What may name files of how a job ended; kept sealed. @param message why it failed, or null @param examples the first warnings */
public record JobOutcome(String message, List<JobWarning> examples) {}
