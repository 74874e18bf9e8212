package org.cranny.engine.restore;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.cranny.engine.fetch.Wanted;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Stat;
import org.cranny.engine.tree.Attributes;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.Thing;

/** One restore while it runs. */
final class RestoreRun {
    private final Folders folders;
    private final Contents contents;
    private final Target target;
    private final boolean fresh;
    private final Picked picked;
    private final Overwrite overwrite;
    private final Surplus surplus;
    private final Map<Long, Name> firstNames = new HashMap<>();
    private final Batch batch;
    private final Tally tally;
    private long skipped;

    private record Name(TargetDirectory directory, byte[] name) {}

    RestoreRun(Folders folders, Contents contents, Target target, boolean fresh, Task task, RestoreListener listener) {
        this.folders = folders;
        this.contents = contents;
        this.target = target;
        this.fresh = fresh;
        picked = task.picked();
        overwrite = task.overwrite();
        surplus = task.delete() && !fresh ? new Surplus(target, picked, true, listener) : null;
        tally = new Tally(listener);
        batch = new Batch(contents);
    }

    RestoreOutcome run(Wanted wanted) throws IOException, InterruptedException {
        directory(folders.root(), wanted, Place.root(target), picked.isUnnamed(), 0);
        batch.run();
        batch.end();
        return new RestoreOutcome(
                tally.files(),
                tally.bytes(),
                skipped,
                surplus == null ? 0 : surplus.deleted(),
                contents.fetched(),
                tally.failed(),
                target.warningCount(),
                target.warnings());
    }

    /** @param named whether this folder is brought back, and not only on the way to something that is */
    private void directory(Thing.Directory node, Wanted wanted, Place into, boolean named, int depth)
            throws IOException, InterruptedException {
        Restore.requireShallow(depth);
        Surplus.Names others =
                surplus != null && named && wanted.isEverything() ? surplus.namesOf(into.made(), into.path()) : null;
        Folders.Rows entries = folders.list(into.path(), node, wanted);
        for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
            Entry entry = next.get();
            if (others != null) {
                others.belongs(entry.name());
            }
            Wanted below = wanted.below(entry.name());
            byte[] path = PathBytes.join(into.path(), entry.name());
            boolean folder = entry.thing() instanceof Thing.Directory;
            if (below != null && !picked.leavesOut(path, folder)) {
                boolean here = named || picked.names(path, folder);
                if (entry.thing() instanceof Thing.Directory directory) {
                    folder(directory, below, into.below(entry, path, this::clearFor), here, depth);
                } else if (here) {
                    entry(entry, path, into.made());
                }
            }
            if (batch.isFull()) {
                batch.run();
            }
        }
        if (others != null) {
            others.remove();
        }
    }

    private void folder(Thing.Directory node, Wanted below, Place place, boolean named, int depth)
            throws IOException, InterruptedException {
        boolean kept = overwrite == Overwrite.NEVER && place.stands();
        if (kept && !place.isDirectory()) {
            skipped++;
            return;
        }
        if (named) {
            place.made();
        }
        directory(node, below, place, named, depth + 1);
        if (place.isMade()) {
            boolean others = place.entry().attributes().equals(Attributes.HIDDEN);
            batch.finish(
                    kept || others
                            ? place.made()::leave
                            : () -> place.made().finish(place.entry().attributes()));
        }
    }

    private void entry(Entry entry, byte[] path, TargetDirectory into) throws IOException, InterruptedException {
        if (overwrite == Overwrite.NEVER
                && !fresh
                && into.existing(entry.name()).isPresent()) {
            skipped++;
            if (entry.thing() instanceof Thing.File file) {
                tally.done(file.size());
            }
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
            file(entry, file, path, into);
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

    private void file(Entry entry, Thing.File file, byte[] path, TargetDirectory into)
            throws IOException, InterruptedException {
        if (!fresh && overwrite != Overwrite.ALWAYS && into.holds(entry, file)) {
            skipped++;
            tally.done(file.size());
            return;
        }
        clearFor(entry, into);
        contents.order(new FilePlan(into, entry, !fresh, contents.aside(), tally), path, file, this::runBatchInside);
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
}
