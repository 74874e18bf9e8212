package org.cranny.engine.restore;

import java.nio.file.Path;
import java.util.List;
import org.cranny.engine.snapshot.Snapshot;

/**
 * What is to be brought back, and where.
 *
 * @param paths absolute, raw octets; empty for everything. Each appears below the target with its whole path
 * @param picked what of it
 * @param delete whether files and folders of the target go that the snapshot does not have, in folders that are
 *     brought back whole; what {@code picked} leaves out stays
 * @param rules what is left out when restoring for somebody else
 * @param jobs how many threads fetch, open and write; 0 for as many as usual
 */
public record RestoreRequest(
        Snapshot snapshot,
        List<byte[]> paths,
        Picked picked,
        Path target,
        Overwrite overwrite,
        boolean delete,
        boolean dryRun,
        TargetRules rules,
        int jobs) {
    public RestoreRequest {
        paths = List.copyOf(paths);
        if (jobs < 0) {
            throw new IllegalArgumentException("nothing is done by fewer than no threads");
        }
        if (delete && overwrite != Overwrite.IF_CHANGED && overwrite != Overwrite.ALWAYS) {
            throw new IllegalArgumentException("nothing is deleted from a target that may not be overwritten");
        }
    }

    Task task() {
        return new Task(target, rules, picked, overwrite, delete);
    }

    /** Everything below these paths, nothing deleted. */
    public RestoreRequest(
            Snapshot snapshot,
            List<byte[]> paths,
            Path target,
            Overwrite overwrite,
            boolean dryRun,
            TargetRules rules) {
        this(snapshot, paths, Picked.ALL, target, overwrite, false, dryRun, rules, 0);
    }
}
