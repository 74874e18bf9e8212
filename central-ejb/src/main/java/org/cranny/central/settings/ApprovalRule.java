package org.cranny.central.settings;

/** Whose leave it takes to open a machine's backups. */
public enum ApprovalRule {
    /** Nobody's: there is one administrator. */
    NONE,
    /** Somebody else's, or a day in which nobody refuses. */
    SECOND_PERSON_OR_WAIT,
    /** Somebody else's. */
    SECOND_PERSON
}
