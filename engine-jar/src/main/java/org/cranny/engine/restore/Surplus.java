package org.cranny.engine.restore;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cranny.engine.posix.DirectoryEntry;
import org.cranny.engine.posix.FileType;
import org.cranny.engine.posix.PathBytes;

/**
 * Takes away what the target has and the snapshot has not. What patterns leave out stays, with the folders that lead to
 * it; so does what lies on another file system.
 */
final class Surplus {
    private final Target target;
    private final Picked picked;
    private final boolean really;
    private final RestoreListener listener;
    private long deleted;

    /** @param really false to count only */
    Surplus(Target target, Picked picked, boolean really, RestoreListener listener) {
        this.target = target;
        this.picked = picked;
        this.really = really;
        this.listener = listener;
    }

    long deleted() {
        return deleted;
    }

    /** What stands in a folder before it is brought back. */
    Names namesOf(TargetDirectory folder, byte[] path) throws IOException {
        return new Names(folder, path);
    }

    /** The names of one folder that nobody has spoken for. */
    final class Names {
        private final TargetDirectory folder;
        private final byte[] path;
        private final Map<byte[], FileType> left = new TreeMap<>(Arrays::compareUnsigned);

        private Names(TargetDirectory folder, byte[] path) throws IOException {
            this.folder = folder;
            this.path = path;
            for (DirectoryEntry entry : folder.list()) {
                left.put(entry.name(), entry.type());
            }
        }

        /** The snapshot has this. */
        void belongs(byte[] name) {
            left.remove(name);
        }

        /** Takes the others away. */
        void remove() throws IOException {
            for (Map.Entry<byte[], FileType> other : left.entrySet()) {
                Surplus.this.remove(folder, other.getKey(), PathBytes.join(path, other.getKey()), other.getValue());
            }
        }
    }

    /** @return whether it is gone */
    private boolean remove(TargetDirectory folder, byte[] name, byte[] path, FileType type) throws IOException {
        boolean directory = type == FileType.DIRECTORY;
        if (picked.leavesOut(path, directory) || directory && !emptied(folder, name, path)) {
            return false;
        }
        if (really) {
            folder.remove(name);
        }
        deleted++;
        listener.deleted("/" + PathBytes.printable(path));
        return true;
    }

    private boolean emptied(TargetDirectory folder, byte[] name, byte[] path) throws IOException {
        Optional<TargetDirectory> inner = really ? opened(folder, name) : folder.find(name);
        if (inner.isEmpty()) {
            target.warn(folder + "/" + PathBytes.printable(name), "stays, because it is on another file system");
            return false;
        }
        boolean empty = true;
        for (DirectoryEntry entry : inner.get().list()) {
            empty &= remove(inner.get(), entry.name(), PathBytes.join(path, entry.name()), entry.type());
        }
        return empty;
    }

    private static Optional<TargetDirectory> opened(TargetDirectory folder, byte[] name) throws IOException {
        return folder.find(name).isPresent() ? Optional.of(folder.child(name)) : Optional.empty();
    }
}
