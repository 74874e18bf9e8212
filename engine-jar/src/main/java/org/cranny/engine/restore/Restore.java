package org.cranny.engine.restore;

import java.io.IOException;
import java.util.List;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.fetch.PackSource;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.fetch.Wanted;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Posix;
import org.cranny.engine.source.Records;

/**
 * Brings a snapshot, or parts of it, back below a target folder, as it was: content, owners, modes, times, links,
 * attributes and holes. Nothing outside the target is ever written. A restore that was stopped goes on where it was;
 * files that are already right are not written again. What cannot be fetched is named, and the outcome counts it: there
 * is no silent partial restore.
 */
public final class Restore {
    private static final int DEEPEST = 4096;
    private static final int LONGEST_PATH = 32_768;

    private final Records source;
    private final PackSource packs;

    public Restore(Records source, PackSource packs) {
        this.source = source;
        this.packs = packs;
    }

    /** @throws TargetNotEmptyException when the target holds other files and may not be overwritten */
    public RestoreOutcome run(RestoreRequest request, RestoreListener listener)
            throws IOException, InterruptedException {
        try (ChunkReader chunks = new ChunkReader(source, packs)) {
            SnapshotTree tree = new SnapshotTree(request.snapshot(), chunks);
            Wanted wanted = Wanted.of(request.paths());
            requireThere(tree, request.paths());
            if (request.dryRun()) {
                return new DryRun(new TreeFolders(tree), request.task(), listener).run(wanted);
            }
            listener.total(
                    request.snapshot().manifest().files(),
                    request.snapshot().manifest().bytes());
            try (Target target = Target.open(Posix.here(), request.target(), request.rules());
                    Contents contents = new PackContents(chunks, request.jobs())) {
                RestoreMark mark = new RestoreMark(source.home(), request);
                boolean fresh = target.isEmpty();
                if (!fresh && request.overwrite() == Overwrite.REFUSE && !mark.isSet()) {
                    throw new TargetNotEmptyException("The folder " + request.target()
                            + " is not empty. Choose an empty one, or give --overwrite.");
                }
                mark.set();
                RestoreOutcome outcome = new RestoreRun(
                                new TreeFolders(tree), contents, target, fresh, request.task(), listener)
                        .run(wanted);
                target.sync();
                if (outcome.failed() == 0) {
                    mark.clear();
                }
                return outcome;
            }
        }
    }

    private static void requireThere(SnapshotTree tree, List<byte[]> paths) throws IOException {
        for (byte[] path : paths) {
            if (!SnapshotTree.names(path).isEmpty() && tree.find(path).isEmpty()) {
                throw new IOException("The snapshot has no " + PathBytes.printable(path) + ". See 'cranny ls'.");
            }
        }
    }

    static void requireShallow(int depth, byte[] path) throws UnreadableFolderException {
        if (depth > DEEPEST) {
            throw new UnreadableFolderException("is nested more than " + DEEPEST + " deep");
        }
        if (path.length > LONGEST_PATH) {
            throw new UnreadableFolderException("has a path of more than " + LONGEST_PATH + " octets");
        }
    }
}
