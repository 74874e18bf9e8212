package org.cranny.central.upgrade;

import java.util.List;

/**
 * What was asked to be upgraded, how far it is, and what came of it.
 *
 * @param id null of a dry run
 * @param state {@code RUNNING}, {@code DONE}, {@code STOPPED} (by a program that went back, or by somebody), or of a dry
 *     run {@code TRIED}
 * @param version that is to run
 * @param stopped why it stopped, in one line
 * @param programs how many it is about
 * @param upgraded how many run that version
 * @param failed how many could not
 * @param results program by program; null in lists
 */
public record Upgrade(
        Long id,
        String state,
        String version,
        String askedBy,
        String asked,
        String endedAt,
        String stopped,
        long programs,
        long upgraded,
        long failed,
        List<Line> results) {

    /**
     * One program.
     *
     * @param before the version that ran when it was asked for
     * @param state {@code WAITING} (for its turn, or for the machine to be there), {@code UPGRADING}, {@code UPGRADED},
     *     {@code FAILED} (the version before runs), {@code CURRENT} (nothing was to be done), {@code EXCLUDED} (it cannot
     *     be upgraded from here), {@code SKIPPED} (the upgrade stopped before)
     * @param reason why, in one line
     */
    public record Line(
            long system,
            String name,
            String program,
            String before,
            String state,
            String reason,
            String begun,
            String endedAt) {}
}
