package org.cranny.central.repair;

import java.util.List;
import org.cranny.central.placement.KeptPack;

/**
 * What the next round copies.
 *
 * @param orders one for each host that fetches from another one
 * @param shortages what cannot be copied now, and why; the same reason once
 */
public record RepairPlan(List<Order> orders, List<Shortage> shortages) {

    /** Fragments of one source that one host fetches from another. */
    public record Order(long source, long from, long to, List<Copy> copies) {
        long bytes() {
            return copies.stream().mapToLong(copy -> copy.pack().length()).sum();
        }
    }

    /** @param number under which the copy is registered */
    public record Copy(KeptPack pack, int number) {}

    /** @param packs how many of those that were looked at @param reason one sentence that says what is missing */
    public record Shortage(long packs, String reason) {}
}
