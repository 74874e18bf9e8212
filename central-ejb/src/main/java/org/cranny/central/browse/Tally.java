package org.cranny.central.browse;

import java.time.Instant;
import java.util.List;

/**
 * What a snapshot has below some folders, as far as somebody wants it.
 *
 * @param snapshot its id
 * @param taken when it was
 * @param files that are wanted
 * @param bytes sum of their sizes
 * @param leftOut files and folders that are not wanted; what is below such a folder is not counted
 * @param missing the folders that the snapshot does not have
 * @param complete whether everything was looked at; otherwise there is more of all
 */
public record Tally(
        String snapshot, Instant taken, long files, long bytes, long leftOut, List<String> missing, boolean complete) {}
