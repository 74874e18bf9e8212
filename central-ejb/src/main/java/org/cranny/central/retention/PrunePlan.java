package org.cranny.central.retention;

import java.util.List;

/**
 * What the next prune does with the packs of one source.
 *
 * @param mark packs that nothing needs, found the first time
 * @param reprieve packs that were marked and that something needs again
 * @param trash packs that were marked for long enough
 * @param trashBytes of these, one copy
 * @param totalBytes of all packs of the source, one copy
 * @param refused why nothing is put away now, in one sentence; null when nothing stands against it
 */
public record PrunePlan(
        long source,
        List<Long> mark,
        List<Long> reprieve,
        List<Long> trash,
        long trashBytes,
        long totalBytes,
        String refused) {}
