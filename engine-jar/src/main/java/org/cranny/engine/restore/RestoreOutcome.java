package org.cranny.engine.restore;

import java.util.List;

/**
 * What came of a restore.
 *
 * @param files regular files that are right now, written or found so
 * @param bytes sum of their sizes
 * @param skipped of these, files that were right before
 * @param fetchedBytes octets that were read from hosts or the local disk
 * @param failed files that could not be brought back
 * @param warnings what could not be restored as it was, one line each
 */
public record RestoreOutcome(
        long files, long bytes, long skipped, long fetchedBytes, long failed, List<String> warnings) {}
