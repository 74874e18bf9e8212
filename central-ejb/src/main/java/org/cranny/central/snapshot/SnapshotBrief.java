package org.cranny.central.snapshot;

import java.time.Instant;

/**
 * One snapshot in short, without where it lies. Octets.
 *
 * @param snapshot its id
 * @param storedBytes what its backup added, one copy
 * @param held why it is kept whatever the policy says, or null
 */
public record SnapshotBrief(
        String snapshot, long version, Instant received, long files, long bytes, long storedBytes, String held) {}
