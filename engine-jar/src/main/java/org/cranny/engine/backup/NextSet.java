package org.cranny.engine.backup;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.fetch.PackSource;
import org.cranny.engine.fetch.UnknownChunkException;
import org.cranny.engine.snapshot.PackHistory;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.source.Source;
import org.cranny.protocol.snapshot.PackClass;

/**
 * Finds out which packs the next snapshot names: those that its tree needs and no others, so that what it does not need
 * can go with the snapshots before it. On the way packs that are mostly dead are sealed anew.
 *
 * <p>Life: made when the backup begins, {@link #look} when all content is on hosts, {@link #change} when the index packs
 * are there, too.
 */
final class NextSet {
    private static final String KEEPS_ALL =
            "The new snapshot keeps all packs of the one before, because its folders could not be read back: ";

    private final Source source;
    private final PackSource hosts;
    private final BackupListener listener;
    private PackHistory history;
    private boolean unchanged;
    private Needs needs;

    NextSet(Source source, PackSource hosts, BackupListener listener) throws IOException {
        this.source = source;
        this.hosts = hosts;
        this.listener = listener;
        this.history = source.snapshots().history();
    }

    /**
     * Goes through the new tree, unless it is that of the snapshot before.
     *
     * @throws UnknownChunkException when a chunk of the new tree is known nowhere: the snapshot would not be whole
     */
    void look(ChunkId root, Packing packing) throws IOException, InterruptedException {
        unchanged = isUnchanged(root);
        if (unchanged) {
            return;
        }
        try {
            needs = Needs.of(root, source, hosts, history);
        } catch (UnknownChunkException notWhole) {
            throw notWhole;
        } catch (IOException unreadable) {
            listener.notice(KEEPS_ALL + unreadable.getMessage());
            return;
        }
        compact(root, packing);
    }

    /**
     * As {@link #look}, once more, because snapshots were signed since; all packs of this backup are on hosts. Nothing is
     * sealed anew.
     */
    void lookAgain(ChunkId root) throws IOException {
        history = source.snapshots().history();
        unchanged = false;
        needs = null;
        try {
            needs = Needs.of(root, source, hosts, history);
        } catch (UnknownChunkException notWhole) {
            throw notWhole;
        } catch (IOException unreadable) {
            listener.notice(KEEPS_ALL + unreadable.getMessage());
        }
    }

    private boolean isUnchanged(ChunkId root) throws IOException {
        Optional<Snapshot> before = source.snapshots().newest();
        return before.isPresent()
                && Arrays.equals(before.get().manifest().root(), root.bytes())
                && PackChange.isNothing(source, history);
    }

    /** What cannot be read now stays where it is. */
    private void compact(ChunkId root, Packing packing) throws IOException, InterruptedException {
        Set<Integer> sparse = Compaction.choose(source, needs, history);
        if (sparse.isEmpty()) {
            return;
        }
        Resealed resealed = new Resealed(packing);
        try {
            needs.move(sparse, root, source, hosts, resealed);
        } catch (IOException e) {
            if (e == resealed.own) {
                throw e;
            }
            packing.settleContent();
            listener.notice(
                    "Packs that are mostly dead stay as they are, because they could not be read: " + e.getMessage());
        }
    }

    PackChange change() {
        return unchanged ? PackChange.NONE : PackChange.of(source, history, Optional.ofNullable(needs));
    }

    /** Gives chunks to the packs of this backup. A failure to send ends the backup, as any does. */
    private static final class Resealed implements Needs.Resealing {
        private final Packing packing;
        private IOException own;

        private Resealed(Packing packing) {
            this.packing = packing;
        }

        @Override
        public void add(PackClass packClass, ChunkId id, byte[] octets) throws IOException {
            try {
                packing.addAgain(packClass, id, octets);
            } catch (IOException e) {
                own = e;
                throw e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                own = new InterruptedIOException("the backup was stopped");
                throw own;
            }
        }

        @Override
        public void settle() throws IOException, InterruptedException {
            try {
                packing.settleContent();
            } catch (IOException e) {
                own = e;
                throw e;
            }
        }
    }
}
