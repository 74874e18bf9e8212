package org.cranny.central.snapshot;

import java.time.Instant;

/**
 * When a snapshot came, and whether it stays.
 *
 * @param received by central's clock
 * @param forgotten since when it is forgotten, or null
 * @param held why it is never forgotten, or null
 */
public record SnapshotAge(long version, String snapshot, Instant received, Instant forgotten, String held) {}
