package org.cranny.engine.restore;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cranny.engine.fetch.Wanted;
import org.cranny.engine.posix.FileType;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.PosixException;
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
    private final Deque<Level> levels = new ArrayDeque<>();
    private final Set<Thing.Directory> around = new HashSet<>();
    private final Batch batch;
    private final Tally tally;
    private long skipped;

    private record Name(TargetDirectory directory, byte[] name, FileType type) {}

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
        walk(wanted);
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

    /**
     * A folder whose entries are being gone through.
     *
     * @param place where it comes to stand
     * @param named whether it is brought back, and not only on the way to something that is
     * @param kept whether it stood there before and is to stay as it was
     * @param others what else stands there and goes, or null when nothing does
     */
    private record Level(
            Thing.Directory node,
            Wanted wanted,
            Place place,
            boolean named,
            boolean kept,
            Surplus.Names others,
            Folders.Rows entries) {}

    /** Goes through all folders; how deep they are nested is on the heap and not on the thread's stack. */
    private void walk(Wanted wanted) throws IOException, InterruptedException {
        enter(folders.root(), wanted, Place.root(target), picked.isUnnamed(), false);
        while (!levels.isEmpty()) {
            Level level = levels.peek();
            Optional<Entry> next = next(level);
            if (next.isPresent()) {
                visit(next.get(), level);
            } else if (level == levels.peek()) {
                leave(level, true);
            }
            if (batch.isFull()) {
                batch.run();
            }
        }
    }

    private void enter(Thing.Directory node, Wanted wanted, Place place, boolean named, boolean kept)
            throws IOException {
        if (folders.areKnownByNode() && !around.add(node)) {
            unreadable(place, "is a folder that contains itself");
            finish(place, kept);
            return;
        }
        boolean clears = surplus != null && named && wanted.isEverything();
        Surplus.Names others = clears ? surplus.namesOf(place.made(), place.path()) : null;
        try {
            Restore.requireShallow(levels.size(), place.path());
            Folders.Rows entries = folders.list(place.path(), node, wanted);
            levels.push(new Level(node, wanted, place, named, kept, others, entries));
        } catch (UnreadableFolderException unreadable) {
            around.remove(node);
            unreadable(place, unreadable.getMessage());
            finish(place, kept);
        }
    }

    private Optional<Entry> next(Level level) throws IOException {
        try {
            return level.entries().next();
        } catch (UnreadableFolderException unreadable) {
            unreadable(level.place(), unreadable.getMessage());
            leave(level, false);
            return Optional.empty();
        }
    }

    private void unreadable(Place place, String reason) {
        tally.failed("/" + PathBytes.printable(place.path()), reason);
    }

    private void visit(Entry entry, Level level) throws IOException, InterruptedException {
        if (level.others() != null) {
            level.others().belongs(entry.name());
        }
        Wanted below = level.wanted().below(entry.name());
        byte[] path = PathBytes.join(level.place().path(), entry.name());
        boolean folder = entry.thing() instanceof Thing.Directory;
        if (below == null || picked.leavesOut(path, folder)) {
            return;
        }
        boolean here = level.named() || picked.names(path, folder);
        if (entry.thing() instanceof Thing.Directory directory) {
            folder(directory, below, level.place().below(entry, path, this::clearFor), here);
        } else if (here) {
            entry(entry, path, level.place().made());
        }
    }

    private void folder(Thing.Directory node, Wanted below, Place place, boolean named) throws IOException {
        boolean kept = overwrite == Overwrite.NEVER && place.stands();
        if (kept && !place.isDirectory()) {
            skipped++;
            return;
        }
        if (named) {
            place.made();
        }
        enter(node, below, place, named, kept);
    }

    /** @param whole whether all entries were seen, so that what else stands there is known */
    private void leave(Level level, boolean whole) throws IOException {
        if (whole && level.others() != null) {
            level.others().remove();
        }
        levels.pop();
        around.remove(level.node());
        finish(level.place(), level.kept());
    }

    private void finish(Place place, boolean kept) {
        if (place.isMade() && place.entry() != null) {
            boolean others = place.entry().attributes().equals(Attributes.HIDDEN);
            Batch.Later attributes = () -> place.made().finish(place.entry().attributes());
            batch.finish(kept || others ? () -> place.made().leave() : attributes);
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
            Name first = firstNames.putIfAbsent(entry.linkGroup(), new Name(into, entry.name(), entry.type()));
            if (first != null && first.type() == entry.type()) {
                batch.link(() -> tolerated(entry, into, () -> secondName(entry, into, first)));
                return;
            }
        }
        if (entry.thing() instanceof Thing.File file) {
            file(entry, file, path, into);
        } else {
            batch.link(() -> tolerated(entry, into, () -> special(entry, into)));
        }
    }

    /** What cannot stand here is named, and the rest goes on. */
    private void tolerated(Entry entry, TargetDirectory into, Batch.Later making) throws IOException {
        try {
            making.run();
        } catch (PosixException refused) {
            if (!refused.isOfThisThing()) {
                throw refused;
            }
            tally.failed(into + "/" + entry.printableName(), refused.reason());
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
