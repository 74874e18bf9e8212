package org.cranny.protocol.job;

/**
 * The life of a job: WAITING until its source's agent claims it, RUNNING under a claim, then one of the three ends, for
 * ever. An agent that stops, or falls silent for longer than its claim lasts, makes it WAITING again.
 */
public enum JobState {
    WAITING,
    RUNNING,
    /** Carried out; its exit code may still say that some files could not be read. */
    DONE,
    FAILED,
    CANCELLED;

    public boolean ended() {
        return this == DONE || this == FAILED || this == CANCELLED;
    }
}
