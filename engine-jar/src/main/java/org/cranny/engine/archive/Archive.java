package org.cranny.engine.archive;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPOutputStream;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.fetch.ContentSink;
import org.cranny.engine.fetch.PackSource;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.fetch.Wanted;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.source.Records;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.FileParts;
import org.cranny.engine.tree.Thing;
import org.cranny.protocol.octets.PathNotation;

/**
 * Writes a snapshot, or parts of it, as one stream of octets. The same snapshot and paths always give the same stream.
 *
 * <p>A small file whose content cannot be fetched is left out and named. A large one that breaks in the middle breaks
 * the archive: {@link #write} fails and the stream has no end, which every reader of such archives notices. Memory is
 * bounded, whatever the size of the data.
 */
public final class Archive {
    private static final int FETCHERS = 4;
    private static final int STEPS = 512;

    private final Records records;
    private final PackSource packs;

    public Archive(Records records, PackSource packs) {
        this.records = records;
        this.packs = packs;
    }

    /**
     * What is wanted.
     *
     * @param paths absolute, raw octets; empty for everything
     */
    public record Request(Snapshot snapshot, List<byte[]> paths, Format format) {
        public Request {
            paths = List.copyOf(paths);
        }
    }

    /** Writes all of it; does not close the stream. */
    public ArchiveOutcome write(Request request, OutputStream out, ArchiveListener listener) throws IOException {
        try (Compressed compressed = Compressed.of(request.format(), out);
                Packer packer = packer(request.format(), compressed.stream())) {
            ArchiveOutcome outcome = pack(request.snapshot(), request.paths(), packer, listener);
            packer.finish();
            compressed.finish();
            return outcome;
        }
    }

    /**
     * Gives the content of these files, in the order of the snapshot.
     *
     * @param paths absolute, raw octets
     * @throws IOException also when a large file breaks in the middle; those after it were not given
     */
    public ArchiveOutcome contents(Snapshot snapshot, List<byte[]> paths, ContentSink sink) throws IOException {
        try (Packer packer = new SinkPacker(sink)) {
            return pack(snapshot, paths, packer, ArchiveListener.SILENT);
        }
    }

    private ArchiveOutcome pack(Snapshot snapshot, List<byte[]> paths, Packer packer, ArchiveListener listener)
            throws IOException {
        ExecutorService fetchers = Executors.newFixedThreadPool(FETCHERS, task -> thread(task, "archive-fetcher"));
        Semaphore ahead = new Semaphore(Walker.AHEAD);
        BlockingQueue<Step> steps = new ArrayBlockingQueue<>(STEPS);
        try (ChunkReader chunks = new ChunkReader(records, packs)) {
            SnapshotTree tree = new SnapshotTree(snapshot, chunks);
            for (byte[] path : paths) {
                if (!SnapshotTree.names(path).isEmpty() && tree.find(path).isEmpty()) {
                    throw new IOException("The snapshot has no " + PathNotation.of(path) + ".");
                }
            }
            Thread walker = thread(
                    new Walker(tree, chunks, Wanted.of(paths), packer.hasLinks(), fetchers, steps, ahead),
                    "archive-walker");
            walker.start();
            try {
                return new Writing(packer, steps, ahead, listener).run();
            } finally {
                walker.interrupt();
                fetchers.shutdownNow();
                join(walker);
            }
        } finally {
            fetchers.shutdownNow();
        }
    }

    /**
     * Writes one file's content, holes as zeros; does not close the stream.
     *
     * @param path absolute, raw octets
     * @return its size
     * @throws IOException also when a part of it cannot be fetched: what was written until then is the beginning of the
     *     file
     */
    public long writeFile(Snapshot snapshot, byte[] path, OutputStream out, ArchiveListener listener)
            throws IOException {
        try (ChunkReader chunks = new ChunkReader(records, packs)) {
            Entry entry = new SnapshotTree(snapshot, chunks)
                    .find(path)
                    .orElseThrow(() -> new IOException("The snapshot has no " + PathNotation.of(path) + "."));
            if (!(entry.thing() instanceof Thing.File file)) {
                throw new IOException(PathNotation.of(path) + " is a " + entry.type() + ", and no file.");
            }
            Filling filling = new Filling(FileParts.extents(file, chunks), out);
            FileParts.chunks(file, chunks, chunk -> filling.write(chunks.load(chunk.id())));
            filling.to(file.size());
            listener.file(file.size());
            return file.size();
        }
    }

    private static Packer packer(Format format, OutputStream out) {
        return format == Format.ZIP ? new ZipPacker(out) : new TarPacker(out);
    }

    private static void join(Thread walker) {
        boolean interrupted = Thread.interrupted();
        while (walker.isAlive()) {
            try {
                walker.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** A compressed stream that writes its end only when it is told to. */
    private record Compressed(OutputStream stream, OutputStream under, Format format) implements AutoCloseable {
        static Compressed of(Format format, OutputStream out) throws IOException {
            OutputStream open = new Unclosed(out);
            OutputStream stream =
                    switch (format) {
                        case TAR_GZ -> new GZIPOutputStream(open, 64 << 10);
                        case TAR_ZST -> new ZstdOutputStream(open, 3);
                        case TAR, ZIP -> open;
                    };
            return new Compressed(stream, open, format);
        }

        void finish() throws IOException {
            if (stream instanceof GZIPOutputStream gzip) {
                gzip.finish();
            } else if (stream instanceof ZstdOutputStream zstd) {
                zstd.close();
            }
            under.flush();
        }

        @Override
        public void close() {
            // Only finish() writes the end; what was not finished must look broken.
        }
    }

    /** Passes everything on but the closing. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] octets, int from, int count) throws IOException {
            out.write(octets, from, count);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /** Writes what the walker hands over. */
    private static final class Writing {
        private final Packer packer;
        private final BlockingQueue<Step> steps;
        private final Semaphore ahead;
        private final ArchiveListener listener;
        private final Set<Long> lostGroups = new HashSet<>();
        private int held;
        private long files;
        private long bytes;
        private long failed;
        private long leftOut;

        Writing(Packer packer, BlockingQueue<Step> steps, Semaphore ahead, ArchiveListener listener) {
            this.packer = packer;
            this.steps = steps;
            this.ahead = ahead;
            this.listener = listener;
        }

        ArchiveOutcome run() throws IOException {
            while (true) {
                Step step = next();
                if (step instanceof Step.End end) {
                    if (end.failure() != null) {
                        throw new IOException(
                                "The snapshot cannot be read: " + end.failure().getMessage(), end.failure());
                    }
                    return new ArchiveOutcome(files, bytes, failed, leftOut);
                }
                write(step);
            }
        }

        private void write(Step step) throws IOException {
            if (step instanceof Step.Plain plain) {
                plain(plain);
            } else if (step instanceof Step.Small small) {
                small(small);
            } else if (step instanceof Step.Large large) {
                large(large);
            } else if (step instanceof Step.Lost lost) {
                lost(lost.path(), lost.entry(), lost.reason());
            } else {
                throw new IllegalStateException("a step out of order: " + step);
            }
        }

        private void plain(Step.Plain plain) throws IOException {
            if (plain.linkTo() != null && lostGroups.contains(plain.entry().linkGroup())) {
                lost(plain.path(), plain.entry(), new IOException("is another name of a file that is missing"));
                return;
            }
            put(new Item(plain.path(), plain.entry(), plain.linkTo(), List.of(), out -> {}));
            if (plain.entry().thing() instanceof Thing.File file) {
                done(file.size());
            }
        }

        private void small(Step.Small small) throws IOException {
            try {
                for (Step.Piece piece : small.pieces()) {
                    octets(piece);
                }
            } catch (IOException missing) {
                small.pieces().forEach(this::giveBack);
                lost(small.path(), small.entry(), missing);
                return;
            }
            put(new Item(small.path(), small.entry(), null, small.extents(), out -> {
                for (Step.Piece piece : small.pieces()) {
                    out.write(octets(piece), piece.from(), piece.length());
                }
            }));
            small.pieces().forEach(this::giveBack);
            done(((Thing.File) small.entry().thing()).size());
        }

        private void large(Step.Large large) throws IOException {
            put(new Item(large.path(), large.entry(), null, large.extents(), out -> {
                for (Step step = next(); !(step instanceof Step.LargeEnds); step = next()) {
                    if (!(step instanceof Step.More more)) {
                        throw broken(large, reason(step));
                    }
                    try {
                        out.write(
                                octets(more.piece()),
                                more.piece().from(),
                                more.piece().length());
                    } catch (FetchException missing) {
                        throw broken(large, missing);
                    }
                    giveBack(more.piece());
                }
            }));
            done(((Thing.File) large.entry().thing()).size());
        }

        private static IOException broken(Step.Large large, Throwable reason) {
            return new IOException(
                    "The archive broke off in " + PathNotation.of(large.path()) + ": "
                            + (reason == null ? "it ended early" : reason.getMessage()),
                    reason);
        }

        private static Throwable reason(Step step) {
            if (step instanceof Step.Lost lost) {
                return lost.reason();
            }
            return step instanceof Step.End end ? end.failure() : null;
        }

        private void put(Item item) throws IOException {
            String lost = packer.put(item);
            if (lost != null) {
                leftOut++;
                listener.leftOut("/" + PathNotation.of(item.path()), lost);
            }
        }

        private void done(long size) {
            files++;
            bytes += size;
            listener.file(size);
        }

        private void lost(byte[] path, Entry entry, IOException reason) throws IOException {
            if (entry.linkGroup() != 0) {
                lostGroups.add(entry.linkGroup());
            }
            failed++;
            packer.lost(path, reason.getMessage());
            listener.failed("/" + PathNotation.of(path), reason.getMessage());
        }

        /** Gives back what the one before held: it may still be in use until another one takes its place. */
        private void giveBack(Step.Piece piece) {
            if (piece.cost() > 0) {
                ahead.release(held);
                held = piece.cost();
            }
        }

        private static byte[] octets(Step.Piece piece) throws IOException {
            try {
                return piece.segment().get();
            } catch (ExecutionException e) {
                String reason = e.getCause().getMessage();
                throw new FetchException(reason == null ? e.getCause().toString() : reason, e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("stopped while an archive was written");
            }
        }

        private Step next() throws InterruptedIOException {
            try {
                return steps.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("stopped while an archive was written");
            }
        }
    }

    /** Content that no host gives. */
    private static final class FetchException extends IOException {
        private static final long serialVersionUID = 1L;

        FetchException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
