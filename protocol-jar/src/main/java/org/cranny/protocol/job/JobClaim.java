package org.cranny.protocol.job;

/**
 * An agent asks for work, or says why it takes none.
 *
 * @param agent 32 hexadecimal digits that its home keeps: the same one gets a job back at once that it had when it ended
 * @param hold why it does not take every job now, null when it does
 */
public record JobClaim(String agent, AgentHold hold) {
    /** Takes every job. */
    public static JobClaim everything(String agent) {
        return new JobClaim(agent, null);
    }
}
