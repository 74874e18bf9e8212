package org.cranny.central.installation;

import java.util.List;

/**
 * What was asked to be installed, how far it is, and what came of it.
 *
 * @param state {@code RUNNING}, {@code DONE}, or {@code INCOMPLETE} when a machine failed
 * @param roles {@code daemon}, {@code source}, or both
 * @param user who logged in on the machines
 * @param machines how many
 * @param ended of how many it is known how it ended
 * @param failed how many of these failed
 * @param results machine by machine, in the order in which they were named; null in lists
 */
public record Installation(
        long id,
        String state,
        List<String> roles,
        String user,
        boolean dryRun,
        String askedBy,
        String asked,
        String endedAt,
        long machines,
        long ended,
        long failed,
        List<MachineLine> results) {

    /**
     * One machine.
     *
     * @param machine as it is named among the targets
     * @param state {@code WAITING}, {@code RUNNING}, {@code INSTALLED}, {@code PRESENT} (nothing was to be done),
     *     {@code READY} (of a dry run), {@code FAILED}
     * @param step what is being done, while it runs
     * @param reason why it failed, in one line
     * @param shownKeys fingerprints of the host keys that it showed and nobody knows
     * @param version of what was installed
     * @param hostSystem number of the host that it became
     * @param sourceSystem number of the source that it became
     */
    public record MachineLine(
            String machine,
            String state,
            String step,
            String reason,
            List<String> shownKeys,
            String version,
            Long hostSystem,
            Long sourceSystem,
            String started,
            String endedAt) {}

    record Counts(long machines, long ended, long failed) {
        static final Counts NONE = new Counts(0, 0, 0);
    }
}
