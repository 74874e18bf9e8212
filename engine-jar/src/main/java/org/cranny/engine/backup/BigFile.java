package org.cranny.engine.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.chunking.ChunkIds;
import org.cranny.engine.chunking.FastCdc;
import org.cranny.engine.posix.Extent;
import org.cranny.engine.posix.Xattr;
import org.cranny.engine.tree.ChunkRef;
import org.cranny.engine.tree.ContentWriter;
import org.cranny.engine.tree.DataMap;
import org.cranny.engine.tree.FileParts;
import org.cranny.engine.tree.NodeStore;
import org.cranny.engine.tree.Thing;
import org.cranny.engine.walk.Contents;
import org.cranny.engine.walk.Walk;
import org.cranny.protocol.snapshot.PackClass;

/**
 * Streams a file through the chunker: read and cut on the calling thread, chunks named by readers, packed in order.
 * Holes are not read; chunks run over the data extents as if they lay side by side.
 */
final class BigFile {
    private static final int WINDOW = 2 * FastCdc.MAX;

    private final Walk walk;
    private final ChunkIds ids;
    private final FastCdc cutter;
    private final ChunkSink packing;
    private final NodeStore nodes;
    private final ExecutorService readers;
    private final Steps steps;
    private final byte[] window = new byte[WINDOW];
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
        this.ids = ids;
        this.cutter = cutter;
        this.packing = packing;
        this.nodes = nodes;
        this.readers = readers;
        this.steps = steps;
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
            long missing = cut(contents, extents, content);
            boolean calm = missing == 0 && contents.isUnchanged();
            long size = contents.stat().size();
            steps.then(0, () -> {
                DataMap data = FileParts.dataMap(extents, size, nodes);
                Thing.File file = new Thing.File(size, content.finish(), data);
                done.done(file, xattrs, calm ? null : "changed while it was read");
            });
        }
    }

    /** Cuts all data; what a shrinking file no longer has counts as zeros, so that the sizes stay true. */
    private long cut(Contents contents, List<Extent> extents, ContentWriter content)
            throws IOException, InterruptedException {
        Filling filling = new Filling(contents, extents);
        int filled = 0;
        while (true) {
            filled += filling.fill(window, filled);
            int from = 0;
            while (from < filled) {
                int length = cutter.cut(window, from, filled - from, filling.atEnd());
                if (length == FastCdc.MORE) {
                    break;
                }
                chunk(Arrays.copyOfRange(window, from, from + length), content);
                from += length;
            }
            System.arraycopy(window, from, window, 0, filled - from);
            filled -= from;
            if (filling.atEnd() && filled == 0) {
                return filling.missing();
            }
        }
    }

    private void chunk(byte[] octets, ContentWriter content) throws IOException, InterruptedException {
        Future<ChunkId> named = readers.submit(() -> ids.of(octets));
        steps.then(octets.length, () -> {
            ChunkId id = Scan.await(named);
            packing.add(PackClass.DATA, id, octets, octets.length);
            content.add(new ChunkRef(id, octets.length));
        });
    }

    /** Gives the data extents of a file one after the other. */
    private final class Filling {
        private final Contents contents;
        private final List<Extent> extents;
        private int extent;
        private long inExtent;
        private long missing;

        Filling(Contents contents, List<Extent> extents) {
            this.contents = contents;
            this.extents = extents;
        }

        boolean atEnd() {
            return extent == extents.size();
        }

        long missing() {
            return missing;
        }

        int fill(byte[] into, int from) throws IOException {
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
