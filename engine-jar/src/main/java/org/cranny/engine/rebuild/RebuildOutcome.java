package org.cranny.engine.rebuild;

/**
 * What came of making records again.
 *
 * @param snapshots that are known now
 * @param packs whose chunks are known now
 * @param unknown packs of those snapshots whose chunks are not known
 */
public record RebuildOutcome(long snapshots, long packs, long unknown) {}
