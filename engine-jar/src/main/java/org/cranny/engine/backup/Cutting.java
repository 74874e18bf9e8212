package org.cranny.engine.backup;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
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
 * order. A chunk stays where it was read until it is packed. Memory: windows of the largest chunk, one of them to read
 * into, the others pinned by what {@link Steps} lets wait.
 */
final class Cutting {
    private final ChunkIds ids;
    private final FastCdc cutter;
    private final ChunkSink packing;
    private final ExecutorService readers;
    private final Steps steps;
    private final Deque<Window> idle = new ArrayDeque<>();
    private Window window = new Window();

    /** Octets as they were read, and how many chunks of them wait. */
    private static final class Window {
        final byte[] octets = new byte[FastCdc.MAX];
        int filled;
        int waiting;
    }

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
        int from = window.filled;
        while (true) {
            window.filled += feed.fill(window.octets, window.filled);
            boolean last = feed.atEnd();
            while (from < window.filled) {
                int length = cutter.cut(window.octets, from, window.filled - from, last);
                if (length == FastCdc.MORE) {
                    break;
                }
                chunk(from, length, content);
                from += length;
            }
            if (last && from == window.filled) {
                return;
            }
            turn(from);
            from = 0;
        }
    }

    /** Goes on in a window that has room, which begins with what was not cut of this one. */
    private void turn(int from) {
        Window full = window;
        window = idle.isEmpty() ? new Window() : idle.pop();
        window.filled = full.filled - from;
        System.arraycopy(full.octets, from, window.octets, 0, window.filled);
        rest(full);
    }

    private void rest(Window past) {
        if (past != window && past.waiting == 0) {
            idle.push(past);
        }
    }

    private void chunk(int from, int length, ContentWriter content) throws IOException, InterruptedException {
        Window holder = window;
        Future<ChunkId> named = readers.submit(() -> ids.of(holder.octets, from, length));
        holder.waiting++;
        steps.then(length, () -> {
            ChunkId id = Scan.await(named);
            packing.add(PackClass.DATA, id, holder.octets, from, length);
            content.add(new ChunkRef(id, length));
            holder.waiting--;
            rest(holder);
        });
    }
}
