package org.cranny.engine.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.cranny.engine.chunking.ChunkIds;
import org.cranny.engine.chunking.FastCdc;
import org.cranny.engine.posix.Extent;
import org.cranny.engine.posix.Xattr;
import org.cranny.engine.tree.ContentWriter;
import org.cranny.engine.tree.DataMap;
import org.cranny.engine.tree.FileParts;
import org.cranny.engine.tree.NodeStore;
import org.cranny.engine.tree.Thing;
import org.cranny.engine.walk.Contents;
import org.cranny.engine.walk.Walk;

/**
 * Streams a file through the chunker, on the calling thread. Holes are not read; chunks run over the data extents as if
 * they lay side by side.
 */
final class BigFile {
    private final Walk walk;
    private final NodeStore nodes;
    private final Steps steps;
    private final Cutting cutting;
    private final ByteBuffer direct = ByteBuffer.allocateDirect(1 << 20);

    BigFile(
            Walk walk,
            ChunkIds ids,
            FastCdc cutter,
            ChunkSink packing,
            NodeStore nodes,
            ExecutorService readers,
            Steps steps) {
        this.walk = walk;
        this.nodes = nodes;
        this.steps = steps;
        this.cutting = new Cutting(ids, cutter, packing, readers, steps);
    }

    /** Hears what became of the file, once all its chunks are packed. */
    interface Done {
        void done(Thing.File file, List<Xattr> xattrs, String trouble) throws IOException, InterruptedException;
    }

    /** @throws IOException when the file cannot be read to its end */
    void read(byte[] path, Done done) throws IOException, InterruptedException {
        try (Contents contents = walk.contents(path)) {
            List<Xattr> xattrs = contents.xattrs();
            List<Extent> extents = contents.extents();
            ContentWriter content = new ContentWriter(nodes);
            Filling filling = new Filling(contents, extents);
            cutting.cut(filling, content);
            boolean calm = filling.missing() == 0 && contents.isUnchanged();
            long size = contents.stat().size();
            steps.then(0, () -> {
                DataMap data = FileParts.dataMap(extents, size, nodes);
                Thing.File file = new Thing.File(size, content.finish(), data);
                done.done(file, xattrs, calm ? null : "changed while it was read");
            });
        }
    }

    /**
     * Gives the data extents of a file one after the other; what a shrinking file no longer has counts as zeros, so that
     * the sizes stay true.
     */
    private final class Filling implements Cutting.Feed {
        private final Contents contents;
        private final List<Extent> extents;
        private int extent;
        private long inExtent;
        private long missing;

        Filling(Contents contents, List<Extent> extents) {
            this.contents = contents;
            this.extents = extents;
        }

        @Override
        public boolean atEnd() {
            return extent == extents.size();
        }

        long missing() {
            return missing;
        }

        @Override
        public int fill(byte[] into, int from) throws IOException {
            int at = from;
            while (at < into.length && !atEnd()) {
                Extent current = extents.get(extent);
                long left = current.length() - inExtent;
                int step = (int) Math.min(Math.min(left, into.length - at), direct.capacity());
                direct.clear().limit(step);
                int read = contents.read(direct, current.offset() + inExtent);
                if (read <= 0) {
                    Arrays.fill(into, at, at + step, (byte) 0);
                    missing += step;
                    read = step;
                } else {
                    direct.flip().get(into, at, read);
                }
                at += read;
                inExtent += read;
                if (inExtent == current.length()) {
                    extent++;
                    inExtent = 0;
                }
            }
            return at - from;
        }
    }
}
