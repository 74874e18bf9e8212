package org.cranny.protocol.job;

/** What central says to a report. @param cancel whether to stop the work @param everySeconds how often to report: often while somebody looks */
public record ProgressAnswer(boolean cancel, int everySeconds) {}
