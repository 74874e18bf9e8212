package org.cranny.central.policy;

import java.time.Instant;

/**
 * A source should back up now. Fired inside the transaction that moves the source's schedule on: what an observer does
 * in the database happens together with that, once, or not at all.
 *
 * @param system the source
 * @param due the time for which it was planned; together with the system it names this run
 * @param reason {@code schedule}, or {@code catch-up} when it is late
 */
public record BackupDue(long system, Instant due, String reason) {}
