package org.cranny.engine.archive;

/**
 * What an archive holds.
 *
 * @param files regular files, whole
 * @param bytes sum of their sizes
 * @param failed files whose content could not be fetched
 * @param leftOut things, or attributes, that archives of this kind cannot hold
 */
public record ArchiveOutcome(long files, long bytes, long failed, long leftOut) {}
