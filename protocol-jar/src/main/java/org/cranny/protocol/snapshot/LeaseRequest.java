package org.cranny.protocol.snapshot;

/**
 * Asks for a lease.
 *
 * @param lastEpoch of the last lease this source had, 0 for none
 * @param attempt up to 64 characters, the same when the request is repeated, another for every other one; or null
 */
public record LeaseRequest(long lastEpoch, String attempt) {}
