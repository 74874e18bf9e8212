package org.cranny.engine.check;

import java.util.List;

/**
 * What a check found.
 *
 * @param packs that the snapshots need
 * @param copies that were looked at and are right
 * @param bytes octets that were read
 * @param unproven packs of which no copy could be seen to be right
 * @param hosts each that is to keep some of it, by number
 */
public record CheckOutcome(
        int snapshots,
        long packs,
        long copies,
        long bytes,
        long unproven,
        List<HostCheck> hosts,
        List<Finding> findings) {
    public CheckOutcome {
        hosts = List.copyOf(hosts);
        findings = List.copyOf(findings);
    }

    /** Whether every pack has a copy that is right and nothing is damaged. */
    public boolean sound() {
        return unproven == 0 && findings.stream().noneMatch(Finding::damage);
    }
}
