package org.cranny.protocol.snapshot;

/**
 * A restore that a machine made. Names nothing of what came back, and not where it went.
 *
 * @param id drawn by the machine: a restore that is told twice is one
 * @param snapshot hex id
 * @param began second since 1970, by the machine's clock
 * @param ended as {@code began}; null when it did not come to its end
 * @param files that are right now, 0 when it did not
 * @param bytes sum of their sizes
 * @param failed files that could not be brought back
 */
public record RestoreNote(String id, String snapshot, long began, Long ended, long files, long bytes, long failed) {}
