package org.cranny.protocol.snapshot;

import java.util.List;

/** Packs that central has had moved. @param packs who holds them now @param cursor to ask after next time @param more whether there are more already */
public record MovedPlacements(List<Placement> packs, long cursor, boolean more) {}
