package org.cranny.central.anchor;

import java.util.List;

/**
 * Whether the log is what was written.
 *
 * @param whole whether the chain is whole and no daemon keeps another past
 * @param broken number of the first entry at which the chain is broken, or null
 * @param entries how many there are
 * @param head hash of the newest one
 * @param anchors what daemons said that were asked
 */
public record LogVerification(boolean whole, Long broken, long entries, String head, List<Witness> anchors) {

    /**
     * What one daemon keeps.
     *
     * @param state {@code AGREES}, {@code DIFFERS}, {@code NONE} when it keeps nothing, {@code AWAY} when it did not answer
     * @param anchors how many it showed, the newest thousand
     * @param newest number of the newest entry that it knows, or null
     * @param differs number of the first entry about which it says something else, or null
     */
    public record Witness(long host, String name, String state, int anchors, Long newest, Long differs) {}
}
