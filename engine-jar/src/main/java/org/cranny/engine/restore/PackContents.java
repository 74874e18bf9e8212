package org.cranny.engine.restore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.index.Location;
import org.cranny.engine.index.PackRow;
import org.cranny.engine.segment.SegmentBuilder;
import org.cranny.engine.segment.SegmentRef;
import org.cranny.engine.tree.ExtentReader;
import org.cranny.engine.tree.FileParts;
import org.cranny.engine.tree.Thing;

/**
 * Content out of packs: pieces are gathered, then each needed range of each pack is fetched once, its segments opened
 * once, and all files written in parallel. While one part is written, the next one is ordered.
 */
final class PackContents implements Contents {
    private static final int USUAL_WORKERS = 4;
    private static final int STOP_SECONDS = 60;
    private static final long MOST_BYTES = 256L << 20;
    private static final int MOST_PIECES = 20_000;
    private static final int MOST_PER_RANGE = 2 << 20;

    private final ChunkReader chunks;
    private final ExecutorService workers;
    private final LongAdder fetched = new LongAdder();
    private final ThreadLocal<byte[]> usual = ThreadLocal.withInitial(() -> new byte[SegmentBuilder.TARGET]);
    private List<Piece> pieces = new ArrayList<>();
    private List<Future<?>> underway = List.of();
    private long bytes;

    /** @param jobs how many threads fetch and write; 0 for as many as usual */
    PackContents(ChunkReader chunks, int jobs) {
        this.chunks = chunks;
        workers = Executors.newFixedThreadPool(jobs > 0 ? jobs : USUAL_WORKERS, PackContents::daemonThread);
    }

    @Override
    public void order(FilePlan plan, byte[] path, Thing.File file, Full full) throws IOException {
        try {
            Placing placing = new Placing(new ExtentReader(file, chunks));
            FileParts.chunks(file, chunks, chunk -> {
                Location location = chunks.locate(chunk.id());
                if (location.length() != chunk.length()) {
                    throw new IOException("the snapshot gives a chunk another length than it has");
                }
                placing.place(
                        chunk.length(), (inChunk, length, offset) -> add(plan, location, inChunk, length, offset));
                if (isFull()) {
                    full.run();
                }
            });
            placing.end();
        } catch (IOException e) {
            plan.expect();
            plan.fail(e);
        }
        plan.planned();
    }

    private void add(FilePlan file, Location chunk, int inChunk, int length, long offset) {
        file.expect();
        pieces.add(new Piece(chunk.pack(), chunk.segment(), chunk.offset() + inChunk, length, file, offset));
        bytes += length;
    }

    @Override
    public boolean isFull() {
        return bytes >= MOST_BYTES || pieces.size() >= MOST_PIECES;
    }

    @Override
    public void begin() throws IOException {
        pieces.sort(null);
        List<Future<?>> tasks = new ArrayList<>();
        List<Piece> begun = pieces;
        for (int from = 0; from < begun.size(); ) {
            int to = rangeEnd(begun, from);
            List<Piece> range = begun.subList(from, to);
            tasks.add(workers.submit(() -> {
                restore(range);
                return null;
            }));
            from = to;
        }
        underway = tasks;
        pieces = new ArrayList<>();
        bytes = 0;
    }

    @Override
    public void await() throws IOException, InterruptedException {
        await(underway);
        underway = List.of();
    }

    @Override
    public long fetched() {
        return fetched.sum();
    }

    @Override
    public boolean aside() {
        return false;
    }

    @Override
    public void close() {
        workers.shutdownNow();
        try {
            workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Pieces of neighbouring segments of one pack, up to a few mebibytes, make one range. */
    private int rangeEnd(List<Piece> pieces, int from) throws IOException {
        Piece first = pieces.get(from);
        List<SegmentRef> segments = row(first).segments();
        long start = segments.get(first.segment()).offset();
        int at = from + 1;
        for (; at < pieces.size(); at++) {
            Piece before = pieces.get(at - 1);
            Piece piece = pieces.get(at);
            boolean neighbour = piece.pack() == first.pack() && piece.segment() - before.segment() <= 1;
            if (!neighbour
                    || segments.get(piece.segment()).end() - start > MOST_PER_RANGE && !piece.sameSegment(before)) {
                break;
            }
        }
        return at;
    }

    private PackRow row(Piece piece) throws IOException {
        return chunks.pack(piece.pack());
    }

    private void restore(List<Piece> range) throws IOException {
        PackRow pack = row(range.get(0));
        SegmentRef first = pack.segments().get(range.get(0).segment());
        SegmentRef last = pack.segments().get(range.get(range.size() - 1).segment());
        byte[] sealed;
        try {
            sealed = chunks.readRange(pack, first.offset(), (int) (last.end() - first.offset()));
        } catch (IOException e) {
            failAll(range, e);
            return;
        }
        fetched.add(sealed.length);
        for (int from = 0; from < range.size(); ) {
            int to = from + 1;
            while (to < range.size() && range.get(to).sameSegment(range.get(from))) {
                to++;
            }
            restoreSegment(pack, sealed, first.offset(), range.subList(from, to));
            from = to;
        }
    }

    private void restoreSegment(PackRow pack, byte[] sealed, long start, List<Piece> pieces) throws IOException {
        int segment = pieces.get(0).segment();
        SegmentRef ref = pack.segments().get(segment);
        byte[] raw = ref.rawLength() <= SegmentBuilder.TARGET ? usual.get() : new byte[ref.rawLength()];
        try {
            chunks.openSegment(pack, segment, sealed, (int) (ref.offset() - start), raw);
        } catch (IOException e) {
            failAll(pieces, e);
            return;
        }
        for (Piece piece : pieces) {
            piece.file().write(raw, piece.from(), piece.length(), piece.offset());
        }
    }

    private static void failAll(List<Piece> pieces, IOException reason) throws IOException {
        for (Piece piece : pieces) {
            piece.file().fail(reason);
        }
    }

    private static void await(List<Future<?>> tasks) throws IOException, InterruptedException {
        try {
            for (Future<?> task : tasks) {
                task.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("a part of the restore failed", e.getCause());
        } finally {
            tasks.forEach(task -> task.cancel(false));
        }
    }

    private static Thread daemonThread(Runnable task) {
        Thread thread = new Thread(task, "restore");
        thread.setDaemon(true);
        return thread;
    }
}
