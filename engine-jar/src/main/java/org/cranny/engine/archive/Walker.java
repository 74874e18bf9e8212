package org.cranny.engine.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.fetch.Wanted;
import org.cranny.engine.index.Location;
import org.cranny.engine.index.PackRow;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.tree.ChunkRef;
import org.cranny.engine.tree.Entries;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.FileParts;
import org.cranny.engine.tree.Thing;

/**
 * Walks a snapshot ahead of the writer and has segments fetched and opened in parallel, so many octets at a time and no
 * more. Runs on a thread of its own; ends with {@link Step.End}.
 */
final class Walker implements Runnable {
    /** Octets of opened segments that may wait to be written. */
    static final int AHEAD = 64 << 20;

    /** Files up to here are left out as a whole when a part of them cannot be fetched. */
    private static final long SMALL = 8 << 20;

    private static final int RECENT = 8;
    private static final int DEEPEST = 4_096;

    private final SnapshotTree tree;
    private final ChunkReader chunks;
    private final Wanted wanted;
    private final boolean links;
    private final ExecutorService fetchers;
    private final BlockingQueue<Step> steps;
    private final Semaphore ahead;
    private final Map<Long, byte[]> firstNames = new HashMap<>();
    private final Map<Long, Future<byte[]>> recent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Future<byte[]>> eldest) {
            return size() > RECENT;
        }
    };

    /** @param links whether hard links become links */
    Walker(
            SnapshotTree tree,
            ChunkReader chunks,
            Wanted wanted,
            boolean links,
            ExecutorService fetchers,
            BlockingQueue<Step> steps,
            Semaphore ahead) {
        this.tree = tree;
        this.chunks = chunks;
        this.wanted = wanted;
        this.links = links;
        this.fetchers = fetchers;
        this.steps = steps;
        this.ahead = ahead;
    }

    @Override
    public void run() {
        Throwable failure = null;
        try {
            folder(tree.root(), new byte[0], wanted, 0);
        } catch (InterruptedException stopped) {
            return;
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
        try {
            steps.put(new Step.End(failure));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void folder(ChunkId node, byte[] path, Wanted in, int depth) throws IOException, InterruptedException {
        if (depth > DEEPEST) {
            throw new IOException("The snapshot's folders are nested more than " + DEEPEST + " deep.");
        }
        Entries entries = tree.list(node);
        for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
            Entry entry = next.get();
            Wanted below = in.below(entry.name());
            if (below != null) {
                byte[] here = PathBytes.join(path, entry.name());
                entry(entry, here);
                if (entry.thing() instanceof Thing.Directory inner) {
                    folder(inner.node(), here, below, depth + 1);
                }
            }
        }
    }

    private void entry(Entry entry, byte[] path) throws IOException, InterruptedException {
        if (links && entry.linkGroup() != 0) {
            byte[] first = firstNames.putIfAbsent(entry.linkGroup(), path);
            if (first != null) {
                steps.put(new Step.Plain(path, entry, first));
                return;
            }
        }
        if (entry.thing() instanceof Thing.File file) {
            try {
                file(entry, file, path);
            } catch (IOException unreadable) {
                steps.put(new Step.Lost(path, entry, unreadable));
            }
        } else {
            steps.put(new Step.Plain(path, entry, null));
        }
    }

    private void file(Entry entry, Thing.File file, byte[] path) throws IOException, InterruptedException {
        if (file.size() <= SMALL) {
            List<Step.Piece> pieces = new ArrayList<>();
            for (ChunkRef chunk : FileParts.chunks(file, chunks)) {
                pieces.add(piece(chunk));
            }
            steps.put(new Step.Small(path, entry, FileParts.extents(file, chunks), pieces));
            return;
        }
        steps.put(new Step.Large(path, entry, FileParts.extents(file, chunks)));
        FileParts.chunks(file, chunks, chunk -> {
            try {
                steps.put(new Step.More(piece(chunk)));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new java.io.InterruptedIOException("stopped");
            }
        });
        steps.put(new Step.LargeEnds());
    }

    private Step.Piece piece(ChunkRef chunk) throws IOException, InterruptedException {
        Location at = chunks.locate(chunk.id());
        if (at.length() != chunk.length()) {
            throw new IOException("a chunk has another length than its file says");
        }
        long key = (long) at.pack() << 32 | at.segment();
        Future<byte[]> known = recent.get(key);
        if (known != null) {
            return new Step.Piece(known, at.offset(), at.length(), 0);
        }
        PackRow pack = chunks.pack(at.pack());
        int cost = pack.segments().get(at.segment()).rawLength();
        ahead.acquire(cost);
        Future<byte[]> segment = fetchers.submit(() -> chunks.openSegment(pack, at.segment()));
        recent.put(key, segment);
        return new Step.Piece(segment, at.offset(), at.length(), cost);
    }
}
