package org.cranny.central.job;

/** News about a job that its source's agent should hear. */
public record JobNews(long system, long job, What what) {

    /** What happened. */
    public enum What {
        /** It waits for the agent. */
        WAITS,
        /** Somebody looks at it: its progress is worth reporting now. */
        WATCHED,
        /** It is to be stopped. */
        CANCELLED
    }
}
