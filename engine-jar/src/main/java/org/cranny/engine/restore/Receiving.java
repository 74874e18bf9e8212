package org.cranny.engine.restore;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.fetch.Wanted;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Posix;

/**
 * Brings back what somebody else reads, by the rules of a {@link Restore}: nothing outside of the target is written, no
 * link is followed, what is right already is not written again. A file gets its name when all of it is there; until then
 * what had that name stays. Folders on the way that belong to others keep their attributes.
 */
public final class Receiving {
    private final Handover handover;

    public Receiving(Handover handover) {
        this.handover = handover;
    }

    /**
     * What is to be brought back.
     *
     * @param paths absolute, raw octets, at least one. Each appears below the target with its whole path
     */
    public record Request(List<byte[]> paths, Path target, Overwrite overwrite) {
        public Request {
            paths = List.copyOf(paths);
            if (paths.isEmpty() || overwrite == Overwrite.REFUSE) {
                throw new IllegalArgumentException("what is received has paths, and a target that may hold files");
            }
        }

        private Task task() {
            return new Task(target, TargetRules.FAITHFUL, Picked.ALL, overwrite, false);
        }
    }

    /** Says what would be brought back; makes and changes nothing, and no content is handed over. */
    public RestoreOutcome count(Request request, RestoreListener listener) throws IOException {
        requireThere(request.paths());
        return new DryRun(new HandedFolders(handover), request.task(), listener).run(Wanted.of(request.paths()));
    }

    /** Brings it back. */
    public RestoreOutcome run(Request request, RestoreListener listener) throws IOException, InterruptedException {
        requireThere(request.paths());
        Task task = request.task();
        try (Target target = Target.open(Posix.here(), task.target(), task.rules());
                Contents contents = new HandedContents(handover)) {
            RestoreOutcome outcome = new RestoreRun(
                            new HandedFolders(handover), contents, target, target.isEmpty(), task, listener)
                    .run(Wanted.of(request.paths()));
            target.sync();
            return outcome;
        }
    }

    private void requireThere(List<byte[]> paths) throws IOException {
        for (byte[] path : paths) {
            if (!SnapshotTree.names(path).isEmpty() && handover.find(path).isEmpty()) {
                throw new IOException("The snapshot has no " + PathBytes.printable(path) + " of yours.");
            }
        }
    }
}
