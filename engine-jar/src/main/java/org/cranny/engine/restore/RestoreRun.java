package org.cranny.engine.restore;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.fetch.Wanted;
import org.cranny.engine.index.Location;
import org.cranny.engine.posix.Stat;
import org.cranny.engine.tree.Entries;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.FileParts;
import org.cranny.engine.tree.Thing;

/** One restore while it runs. */
final class RestoreRun {
    private static final int WORKERS = 4;

    private final SnapshotTree tree;
    private final ChunkReader chunks;
    private final Target target;
    private final boolean fresh;
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, RestoreRun::daemonThread);
    private final LongAdder fetched = new LongAdder();
    private final Map<Long, Name> firstNames = new HashMap<>();
    private final Batch batch;
    private final Tally tally;
    private long skipped;

    private record Name(TargetDirectory directory, byte[] name) {}

    RestoreRun(SnapshotTree tree, ChunkReader chunks, Target target, boolean fresh, RestoreListener listener) {
        this.tree = tree;
        this.chunks = chunks;
        this.target = target;
        this.fresh = fresh;
        tally = new Tally(listener);
        batch = new Batch(chunks, workers, fetched);
    }

    RestoreOutcome run(Wanted wanted) throws IOException, InterruptedException {
        try {
            directory(tree.root(), wanted, target.root(), 0);
            batch.run();
        } finally {
            workers.shutdownNow();
        }
        return new RestoreOutcome(
                tally.files(), tally.bytes(), skipped, fetched.sum(), tally.failed(), target.warnings());
    }

    private void directory(ChunkId node, Wanted wanted, TargetDirectory into, int depth)
            throws IOException, InterruptedException {
        Restore.requireShallow(depth);
        Entries entries = tree.list(node);
        for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
            Wanted below = wanted.below(next.get().name());
            if (below != null) {
                entry(next.get(), below, into, depth);
            }
            if (batch.isFull()) {
                batch.run();
            }
        }
    }

    private void entry(Entry entry, Wanted below, TargetDirectory into, int depth)
            throws IOException, InterruptedException {
        if (entry.thing() instanceof Thing.Directory directory) {
            clearFor(entry, into);
            TargetDirectory child = into.child(entry.name());
            directory(directory.node(), below, child, depth + 1);
            batch.finish(() -> child.finish(entry.attributes()));
            return;
        }
        if (entry.linkGroup() != 0) {
            Name first = firstNames.putIfAbsent(entry.linkGroup(), new Name(into, entry.name()));
            if (first != null) {
                batch.link(() -> secondName(entry, into, first));
                return;
            }
        }
        if (entry.thing() instanceof Thing.File file) {
            file(entry, file, into);
        } else {
            batch.link(() -> special(entry, into));
        }
    }

    private void secondName(Entry entry, TargetDirectory into, Name first) throws IOException {
        if (first.directory().existing(first.name()).isEmpty()) {
            tally.failed(into + "/" + entry.printableName(), "is another name of a file that is missing");
            return;
        }
        removeExisting(entry, into);
        into.link(first.directory(), first.name(), entry.name());
        if (entry.thing() instanceof Thing.File file) {
            tally.done(file.size());
        }
    }

    private void special(Entry entry, TargetDirectory into) throws IOException {
        removeExisting(entry, into);
        boolean made = true;
        if (entry.thing() instanceof Thing.Symlink link) {
            into.symlink(entry.name(), link.target());
        } else if (entry.thing() instanceof Thing.Special special) {
            made = into.node(entry.name(), special.type(), special.major(), special.minor());
        }
        if (made) {
            into.finish(entry.name(), entry.attributes());
        }
    }

    private void file(Entry entry, Thing.File file, TargetDirectory into) throws IOException, InterruptedException {
        if (!fresh && isRight(entry, file, into)) {
            skipped++;
            tally.done(file.size());
            return;
        }
        clearFor(entry, into);
        FilePlan plan = new FilePlan(into, entry, !fresh, tally);
        Placing placing = new Placing(FileParts.extents(file, chunks));
        try {
            FileParts.chunks(file, chunks, chunk -> {
                Location location = chunks.locate(chunk.id());
                placing.place(
                        chunk.length(),
                        (inChunk, length, offset) -> batch.add(plan, location, inChunk, length, offset));
                if (batch.isFull()) {
                    runBatchInside();
                }
            });
        } catch (IOException e) {
            plan.expect();
            plan.fail(e);
        }
        plan.planned();
    }

    /** A file of the right size and time was finished by an earlier run: times come last. */
    private static boolean isRight(Entry entry, Thing.File file, TargetDirectory into) throws IOException {
        Optional<Stat> found = into.existing(entry.name());
        return found.isPresent()
                && found.get().isFile()
                && found.get().size() == file.size()
                && found.get().mtimeSeconds() == entry.attributes().mtimeSeconds()
                && found.get().mtimeNanos() == entry.attributes().mtimeNanos();
    }

    /** Takes away what stands in the way and is of another type. */
    private void clearFor(Entry entry, TargetDirectory into) throws IOException {
        if (!fresh) {
            Optional<Stat> found = into.existing(entry.name());
            if (found.isPresent() && found.get().type() != entry.type()) {
                into.remove(entry.name());
            }
        }
    }

    private void removeExisting(Entry entry, TargetDirectory into) throws IOException {
        if (!fresh && into.existing(entry.name()).isPresent()) {
            into.remove(entry.name());
        }
    }

    private void runBatchInside() throws IOException {
        try {
            batch.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the restore was stopped");
        }
    }

    private static Thread daemonThread(Runnable task) {
        Thread thread = new Thread(task, "restore");
        thread.setDaemon(true);
        return thread;
    }
}
