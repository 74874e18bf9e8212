package org.cranny.engine.segment;

import org.cranny.engine.chunking.ChunkId;

/**
 * A chunk that lies in a segment.
 *
 * @param length octets, at least 1
 */
public record ChunkEntry(ChunkId id, int length) {}
