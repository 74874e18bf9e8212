package org.cranny.central.repair;

import java.util.List;

/**
 * Where the giving back of room stands: a host keeps more than its owner lends now.
 *
 * @param overBytes that are still to go, as the host reported them
 * @param bytesPerSecond how fast they go, over the last minutes; null when that cannot be said yet
 * @param ends when they will be gone at this rate, ISO 8601; null while nothing goes
 * @param stuck what cannot go now and why, with how many packs it is; as the last round of repair found it
 */
public record Reclaim(
        long host, String name, long overBytes, Long bytesPerSecond, String ends, List<RepairPlan.Shortage> stuck) {}
