package org.cranny.central.installation;

import java.util.List;

/**
 * What was asked to be installed, how far it is, and what came of it.
 *
 * @param kind {@code INSTALL}, or {@code REMOVE} when programs are taken off
 * @param state {@code RUNNING}, {@code DONE}, or {@code INCOMPLETE} when a machine failed
 * @param roles {@code daemon}, {@code source}, or both
 * @param user who logged in on the machines
 * @param purge whether keys of sources were to be removed, too
 * @param machines how many
 * @param ended of how many it is known how it ended
 * @param failed how many of these failed
 * @param results machine by machine, in the order in which they were named; null in lists
 */
public record Installation(
        long id,
        String kind,
        String state,
        List<String> roles,
        String user,
        boolean purge,
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
     *     {@code READY} (of a dry run), {@code REMOVED}, {@code ABSENT} (nothing was there to remove), {@code FAILED}
     * @param step what is being done, while it runs
     * @param reason why it failed, in one line
     * @param shownKeys fingerprints of the host keys that it showed and nobody knows
     * @param version of what was installed
     * @param hostSystem number of the host that it became, or was
     * @param sourceSystem number of the source that it became, or was
     * @param report what was removed, or would be, and what was left, a line each
     * @param keptFragments how many fragments of others a host keeps that is to be empty first
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
            List<String> report,
            Long keptFragments,
            String started,
            String endedAt) {}

    record Counts(long machines, long ended, long failed) {
        static final Counts NONE = new Counts(0, 0, 0);
    }
}
