package org.cranny.engine.check;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.fetch.UnknownChunkException;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.tree.Content;
import org.cranny.engine.tree.Entries;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.FileParts;
import org.cranny.engine.tree.Thing;

/** Whether every folder of a snapshot can be listed and every chunk has a place. What is lost is named, and the rest is looked at all the same. */
final class TreeCheck {
    private final Snapshot snapshot;
    private final SnapshotTree tree;
    private final ChunkReader chunks;
    private final Set<ChunkId> seen;
    private final Findings findings;

    /** @param seen folders that were gone through already, of other snapshots too */
    TreeCheck(Snapshot snapshot, ChunkReader chunks, Set<ChunkId> seen, Findings findings) {
        this.snapshot = snapshot;
        this.tree = new SnapshotTree(snapshot, chunks);
        this.chunks = chunks;
        this.seen = seen;
        this.findings = findings;
    }

    void run() {
        try {
            folder(tree.root(), "");
        } catch (IOException e) {
            lost("this machine", e);
        }
    }

    /** @param path of the folder, without a slash at its end */
    private void folder(ChunkId node, String path) throws IOException {
        if (!seen.add(node)) {
            return;
        }
        Entries entries = tree.list(node);
        for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
            String name = path + "/" + next.get().printableName();
            try {
                entry(next.get().thing(), name);
            } catch (UnknownChunkException e) {
                lost(name, e);
            }
        }
    }

    private void entry(Thing thing, String name) throws IOException {
        if (thing instanceof Thing.Directory directory) {
            folder(directory.node(), name);
        } else if (thing instanceof Thing.File file && !file.content().equals(Content.EMPTY)) {
            FileParts.chunks(file, chunks, chunk -> chunks.locate(chunk.id()));
        }
    }

    private void lost(String where, IOException reason) {
        findings.add(new Finding(0, where, null, true, "snapshot " + snapshot.shortId() + ": " + reason.getMessage()));
    }
}
