package org.cranny.central.brake;

/**
 * A stop of all deletion, as people see it. Times ISO 8601.
 *
 * @param system whose snapshots stay; null when it is those of all
 * @param lastGood the newest version that was a day old when a jump was seen; null when none was
 * @param pulledBy a person, or {@code central}
 * @param reason what was seen, or why in that person's words; no file names
 * @param releasedBy null while it is on
 */
public record Brake(
        long id,
        Long system,
        Long lastGood,
        String pulledBy,
        String pulled,
        String reason,
        String releasedBy,
        String released) {

    /** As the log names it. */
    public String subject() {
        return system == null ? "central" : "system " + system;
    }
}
