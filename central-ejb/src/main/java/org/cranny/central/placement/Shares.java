package org.cranny.central.placement;

import java.util.Map;

/**
 * Where one snapshot's packs lie.
 *
 * @param packs in its pack set
 * @param copies the fewest hosts that hold any one of them
 * @param bytes octets by host number
 */
public record Shares(long packs, long copies, Map<Long, Long> bytes) {}
