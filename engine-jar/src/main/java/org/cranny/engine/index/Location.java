package org.cranny.engine.index;

/**
 * Where a chunk lies.
 *
 * @param pack the pack's ordinal in the {@link PackTable}
 * @param segment the segment's number in the pack
 * @param offset of the chunk in the raw segment
 * @param length octets of the chunk
 */
public record Location(int pack, int segment, int offset, int length) {}
