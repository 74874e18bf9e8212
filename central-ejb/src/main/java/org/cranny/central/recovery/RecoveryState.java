package org.cranny.central.recovery;

/** Where a recovery stands. */
public enum RecoveryState {
    /** Asked for; nothing was fetched yet. */
    ASKED,
    RUNNING,
    /** Whole. */
    DONE,
    /** The end was reached, and files are missing. */
    INCOMPLETE,
    /** It broke off; it may be begun again. */
    FAILED
}
