package org.cranny.central.repair;

import java.util.List;

/**
 * Where the emptying of a host stands.
 *
 * @param state of the host
 * @param fragments that it still keeps, and that count, pieces of central's own dumps among them
 * @param bytes of these
 * @param wanting packs among them that have too few copies elsewhere
 * @param bytesPerSecond how fast it empties, over the last minutes; null when that cannot be said yet
 * @param ends when it will be empty at this rate, ISO 8601; null while nothing goes
 * @param missing what the realm lacks to make these copies, in sentences; empty when nothing does
 * @param stuck the same, with how many packs it is that cannot go now; of many, the first 500 are looked at
 */
public record Drain(
        long host,
        String name,
        String state,
        long fragments,
        long bytes,
        long wanting,
        Long bytesPerSecond,
        String ends,
        List<String> missing,
        List<RepairPlan.Shortage> stuck) {}
