package org.cranny.engine.backup;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.chunking.ChunkIds;
import org.cranny.engine.chunking.FastCdc;
import org.cranny.engine.tree.ChunkRef;
import org.cranny.engine.tree.ContentWriter;
import org.cranny.protocol.snapshot.PackClass;

/**
 * Makes chunks of octets that come in order, however many: cut on the calling thread, named by readers, packed in
 * order. Memory: a window of two of the largest chunks, and what {@link Steps} lets wait.
 */
final class Cutting {
    private static final int WINDOW = 2 * FastCdc.MAX;

    private final ChunkIds ids;
    private final FastCdc cutter;
    private final ChunkSink packing;
    private final ExecutorService readers;
    private final Steps steps;
    private final byte[] window = new byte[WINDOW];

    Cutting(ChunkIds ids, FastCdc cutter, ChunkSink packing, ExecutorService readers, Steps steps) {
        this.ids = ids;
        this.cutter = cutter;
        this.packing = packing;
        this.readers = readers;
        this.steps = steps;
    }

    /** Where the octets come from. */
    interface Feed {
        /** Fills the array from this index on, to its end unless the feed ends; gives how many octets came. */
        int fill(byte[] into, int from) throws IOException;

        /** Whether nothing comes any more. */
        boolean atEnd();
    }

    /** Takes a feed to its end. The content is complete when all {@link Steps} have run. */
    void cut(Feed feed, ContentWriter content) throws IOException, InterruptedException {
        int filled = 0;
        while (true) {
            filled += feed.fill(window, filled);
            int from = 0;
            while (from < filled) {
                int length = cutter.cut(window, from, filled - from, feed.atEnd());
                if (length == FastCdc.MORE) {
                    break;
                }
                chunk(Arrays.copyOfRange(window, from, from + length), content);
                from += length;
            }
            System.arraycopy(window, from, window, 0, filled - from);
            filled -= from;
            if (feed.atEnd() && filled == 0) {
                return;
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
}
