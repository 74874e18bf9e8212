package org.cranny.engine.restore;

/** What becomes of files that are in the way of a restore. Files that the snapshot does not have stay in any case. */
public enum Overwrite {
    /** Refuses a target that is not empty, unless this very restore began to fill it. */
    REFUSE,

    /** Leaves whatever stands under a name, and brings back what is missing. */
    NEVER,

    /** Replaces what differs in type, size or time of change, and writes nothing else. */
    IF_CHANGED,

    /** Replaces every file. */
    ALWAYS
}
