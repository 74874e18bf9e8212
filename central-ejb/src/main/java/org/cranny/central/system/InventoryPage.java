package org.cranny.central.system;

import java.time.Instant;
import java.util.List;

/** A page of systems. @param total how many fit the query, on all pages */
public record InventoryPage(List<Line> lines, long total) {

    /**
     * One system.
     *
     * @param backedUp when its newest snapshot was received, null before the first
     * @param isProtected whether that is not longer ago than {@link Inventory#PROTECTED_FOR}, of devices whether it was at all
     * @param host null when it lends no space
     */
    public record Line(Machine machine, Instant backedUp, boolean isProtected, HostStatus host) {}
}
