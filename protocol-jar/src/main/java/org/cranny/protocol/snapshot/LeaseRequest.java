package org.cranny.protocol.snapshot;

/** Asks for a lease. @param lastEpoch of the last lease this source had, 0 for none */
public record LeaseRequest(long lastEpoch) {}
