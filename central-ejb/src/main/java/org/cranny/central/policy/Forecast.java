package org.cranny.central.policy;

import java.time.Instant;
import java.util.List;

/**
 * What the next backup of a machine would take, judged by its newest snapshot. What was new or was not backed up since
 * is not in it, so it is an estimate.
 *
 * @param snapshot that it is judged by, its id; null when there is none, and then all counts are 0
 * @param taken when that snapshot was taken; null when there is none
 * @param files that would be backed up
 * @param bytes sum of their sizes
 * @param leftOut files and folders that patterns or their size leave out; what is below such a folder is not counted
 * @param missing paths of the policy that the snapshot does not have, so that nothing is known of them
 * @param complete whether everything was looked at; otherwise there is more of all
 */
public record Forecast(
        String snapshot, Instant taken, long files, long bytes, long leftOut, List<String> missing, boolean complete) {}
