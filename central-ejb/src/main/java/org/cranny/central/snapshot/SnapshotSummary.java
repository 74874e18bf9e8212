package org.cranny.central.snapshot;

import java.util.List;

/**
 * One snapshot for people: what it is and where its packs lie. Octets and epoch seconds.
 *
 * @param received when central received it, ISO 8601
 * @param forgotten since when it is forgotten, ISO 8601, or null
 * @param storedBytes what its backup added, one copy
 * @param packs in its pack set
 * @param copies the fewest hosts that hold any one of its packs
 * @param hosts who holds how much of it, most first
 */
public record SnapshotSummary(
        String snapshot,
        long version,
        String received,
        String forgotten,
        long files,
        long bytes,
        long storedBytes,
        long packs,
        long copies,
        List<HostShare> hosts) {

    /** What one host holds of a snapshot. */
    public record HostShare(long id, String name, long bytes) {}
}
