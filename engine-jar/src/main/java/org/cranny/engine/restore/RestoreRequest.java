package org.cranny.engine.restore;

import java.nio.file.Path;
import java.util.List;
import org.cranny.engine.snapshot.Snapshot;

/**
 * What is to be brought back, and where.
 *
 * @param paths absolute, raw octets; empty for everything. Each appears below the target with its whole path
 * @param overwrite whether the target may hold other files; those of the snapshot replace them
 * @param rules what is left out when restoring for somebody else
 */
public record RestoreRequest(
        Snapshot snapshot, List<byte[]> paths, Path target, boolean overwrite, boolean dryRun, TargetRules rules) {
    public RestoreRequest {
        paths = List.copyOf(paths);
    }
}
