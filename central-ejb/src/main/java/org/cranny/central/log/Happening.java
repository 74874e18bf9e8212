package org.cranny.central.log;

/**
 * Something that people must hear of at once. Whoever notices it fires this as a CDI event, inside the transaction that
 * acts on it or outside any; the feature {@code alert} tells people.
 *
 * @param what happened
 * @param subject with whom, as the log names it: {@code central}, {@code system 7}, {@code host 3}
 * @param detail one line: what was seen and what was done about it; no file names
 */
public record Happening(What what, String subject, String detail) {

    /** What can happen. */
    public enum What {
        /** Deletion was stopped, because too much was to go or too much changed at once. */
        BRAKE_PULLED,
        /** Somebody looked at it, and deletion goes on. */
        BRAKE_RELEASED
    }
}
