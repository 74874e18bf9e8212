package org.cranny.protocol.snapshot;

import java.util.List;

/** A batch of placements; the order does not matter and repeating it changes nothing. */
public record Placements(List<Placement> packs) {}
