package org.cranny.central.brake;

/** What policies ask of a source, which is no jump when the source does it. */
public interface Expected {
    /** 64 characters at most; changes whenever what is to be backed up of this source does. */
    String selection(long source);

    /** Backups that were due in the last 24 hours. */
    long dueInADay(long source);
}
