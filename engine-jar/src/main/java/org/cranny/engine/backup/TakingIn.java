package org.cranny.engine.backup;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.posix.Accounts;
import org.cranny.engine.posix.Stat;
import org.cranny.engine.tree.Attributes;
import org.cranny.engine.tree.ContentWriter;
import org.cranny.engine.tree.DataMap;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.NodeStore;
import org.cranny.engine.tree.Nodes;
import org.cranny.engine.tree.Thing;

/**
 * Makes a tree of one file whose content comes in as a stream, of any length, and can be read once. The file and the
 * folders that lead to it are their owner's alone. One thread runs it.
 */
final class TakingIn {
    private static final int FILE = 0600;
    private static final int FOLDER = 0700;

    private final InputStream octets;
    private final Owner owner;
    private final Instant now;
    private final BackupListener listener;
    private final Totals totals = new Totals();
    private boolean begun;

    /** Whose the file is in the snapshot. */
    record Owner(Stat like, Accounts accounts) {}

    /** @param now when the file was modified, for the snapshot */
    TakingIn(InputStream octets, Owner owner, Instant now, BackupListener listener) {
        this.octets = octets;
        this.owner = owner;
        this.now = now;
        this.listener = listener;
    }

    /**
     * @param path of the file below {@code /}
     * @param steps those of {@code cutting}
     * @throws IOException also when it is run again: nobody keeps what came in
     */
    ChunkId run(byte[] path, Cutting cutting, Steps steps, NodeStore nodes) throws IOException, InterruptedException {
        if (begun) {
            throw new IOException("What came in cannot be read a second time. Run the same command again: what is on"
                    + " hosts already is not sent again.");
        }
        begun = true;
        Streaming streaming = new Streaming();
        ContentWriter content = new ContentWriter(nodes);
        cutting.cut(streaming, content);
        steps.runAll();
        totals.file(streaming.length);
        listener.file(0);
        return tree(path, new Thing.File(streaming.length, content.finish(), DataMap.DENSE), nodes);
    }

    Totals totals() {
        return totals;
    }

    private ChunkId tree(byte[] path, Thing.File file, NodeStore nodes) throws IOException {
        List<byte[]> names = new ArrayList<>(SnapshotTree.names(path));
        Collections.reverse(names);
        Thing thing = file;
        for (byte[] name : names) {
            int mode = thing == file ? FILE : FOLDER;
            thing = new Thing.Directory(Nodes.encode(List.of(new Entry(name, attributes(mode), thing, 0)), nodes));
        }
        return ((Thing.Directory) thing).node();
    }

    private Attributes attributes(int mode) {
        Stat like = owner.like();
        return new Attributes(
                mode,
                like.uid(),
                like.gid(),
                owner.accounts().user(like.uid()),
                owner.accounts().group(like.gid()),
                now.getEpochSecond(),
                now.getNano(),
                List.of());
    }

    /** Counts what comes in. */
    private final class Streaming implements Cutting.Feed {
        private long length;
        private boolean ended;

        @Override
        public boolean atEnd() {
            return ended;
        }

        @Override
        public int fill(byte[] into, int from) throws IOException {
            int at = from;
            while (at < into.length && !ended) {
                int read = octets.read(into, at, into.length - at);
                if (read < 0) {
                    ended = true;
                } else {
                    at += read;
                    length += read;
                    listener.part(read);
                }
            }
            return at - from;
        }
    }
}
