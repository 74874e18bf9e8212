package org.cranny.engine.restore;

import java.util.List;

/**
 * What came of a restore.
 *
 * @param files regular files that are right now, written or found so
 * @param bytes sum of their sizes
 * @param skipped of these, things that stood there before and were left, because they are right or may not be replaced
 * @param deleted files, links and folders that the snapshot does not have and that were taken away
 * @param fetchedBytes octets that were read from hosts or the local disk
 * @param failed files that could not be brought back
 * @param warned how often something could not be restored as it was
 * @param warnings the same in lines for people: of each reason some by name, and how many more
 */
public record RestoreOutcome(
        long files,
        long bytes,
        long skipped,
        long deleted,
        long fetchedBytes,
        long failed,
        long warned,
        List<String> warnings) {}
