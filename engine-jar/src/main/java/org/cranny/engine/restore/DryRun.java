package org.cranny.engine.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.cranny.engine.fetch.Wanted;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Posix;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.Thing;

/** Says what a restore would do; makes, fetches and changes nothing. */
final class DryRun {
    private final Folders folders;
    private final Task task;
    private final RestoreListener listener;
    private Surplus surplus;
    private long files;
    private long bytes;
    private long skipped;

    DryRun(Folders folders, Task task, RestoreListener listener) {
        this.folders = folders;
        this.task = task;
        this.listener = listener;
    }

    RestoreOutcome run(Wanted wanted) throws IOException {
        if (!Files.isDirectory(task.target())) {
            return count(wanted, null);
        }
        try (Target target = Target.open(Posix.here(), task.target(), task.rules())) {
            if (task.delete()) {
                surplus = new Surplus(target, task.picked(), false, listener);
            }
            return count(wanted, target.root());
        }
    }

    private RestoreOutcome count(Wanted wanted, TargetDirectory root) throws IOException {
        folder(folders.root(), wanted, root, new byte[0], task.picked().isUnnamed(), 0);
        listener.total(files, bytes);
        return new RestoreOutcome(files, bytes, skipped, surplus == null ? 0 : surplus.deleted(), 0, 0, 0, List.of());
    }

    /** @param standing the folder as it is in the target, or null */
    private void folder(
            Thing.Directory node, Wanted wanted, TargetDirectory standing, byte[] folder, boolean named, int depth)
            throws IOException {
        Restore.requireShallow(depth, folder);
        Surplus.Names others = surplus != null && named && wanted.isEverything() && standing != null
                ? surplus.namesOf(standing, folder)
                : null;
        Folders.Rows entries = folders.list(folder, node, wanted);
        for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
            Entry entry = next.get();
            if (others != null) {
                others.belongs(entry.name());
            }
            Wanted below = wanted.below(entry.name());
            byte[] path = PathBytes.join(folder, entry.name());
            boolean directory = entry.thing() instanceof Thing.Directory;
            if (below == null || task.picked().leavesOut(path, directory)) {
                continue;
            }
            boolean here = named || task.picked().names(path, directory);
            if (entry.thing() instanceof Thing.Directory inner) {
                TargetDirectory child =
                        standing == null ? null : standing.find(entry.name()).orElse(null);
                folder(inner, below, child, path, here, depth + 1);
            } else if (here && entry.thing() instanceof Thing.File file) {
                file(entry, file, standing);
            }
        }
        if (others != null) {
            others.remove();
        }
    }

    private void file(Entry entry, Thing.File file, TargetDirectory standing) throws IOException {
        files++;
        bytes += file.size();
        if (standing != null && stays(entry, file, standing)) {
            skipped++;
        }
    }

    private boolean stays(Entry entry, Thing.File file, TargetDirectory standing) throws IOException {
        return switch (task.overwrite()) {
            case NEVER -> standing.existing(entry.name()).isPresent();
            case REFUSE, IF_CHANGED -> standing.holds(entry, file);
            case ALWAYS -> false;
        };
    }
}
