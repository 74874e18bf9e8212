package org.cranny.central.repair;

import java.util.List;

/**
 * Where the emptying of a host stands.
 *
 * @param state of the host
 * @param fragments that it still keeps, and that count
 * @param bytes of these
 * @param wanting packs among them that have too few copies elsewhere
 * @param missing what the realm lacks to make these copies, in sentences; empty when nothing does
 */
public record Drain(
        long host, String name, String state, long fragments, long bytes, long wanting, List<String> missing) {}
