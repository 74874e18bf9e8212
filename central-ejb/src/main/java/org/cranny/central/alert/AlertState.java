package org.cranny.central.alert;

/** Where an alert is in its life. */
public enum AlertState {
    /** It lasts, and nobody has said that he looks at it. */
    OPEN,
    /** It lasts, and somebody looks at it: there are no reminders. */
    ACKNOWLEDGED,
    /** It is over. */
    RESOLVED
}
