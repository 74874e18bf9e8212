package org.cranny.central.repair;

import java.util.List;

/**
 * Where the giving back of room stands: a host keeps more than its owner lends now.
 *
 * @param overBytes that are still to go, as the host reported them
 * @param bytesPerSecond how fast they go, over the last minutes; null when that cannot be said yet
 * @param bytesPerDay the most that its daemon lets go in a day, because only central was asked for it; null when it was
 *     asked for at the machine itself, where all goes at once
 * @param ends when they will be gone at this rate, ISO 8601; null while nothing goes
 * @param stuck what cannot go now and why, with how many packs it is; as the last round of repair found it
 */
public record Reclaim(
        long host,
        String name,
        long overBytes,
        Long bytesPerSecond,
        Long bytesPerDay,
        String ends,
        List<RepairPlan.Shortage> stuck) {}
