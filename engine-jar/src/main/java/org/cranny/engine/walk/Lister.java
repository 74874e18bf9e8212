package org.cranny.engine.walk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cranny.engine.posix.DirectoryEntry;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Posix;
import org.cranny.engine.posix.PosixException;
import org.cranny.engine.posix.Stat;

/** Lists one directory and looks at every entry through the directory's descriptor, so that no path can go astray. */
final class Lister {
    private static final int LONGEST_NAME = 255;

    private final Posix posix;
    private final int root;

    Lister(Posix posix, int root) {
        this.posix = posix;
        this.root = root;
    }

    Listing list(byte[] path) {
        int fd = -1;
        try {
            fd = Quietly.open(posix, root, path, Posix.O_RDONLY | Posix.O_DIRECTORY);
            return list(path, fd);
        } catch (PosixException refused) {
            return new Listing(path, Optional.empty(), List.of(), List.of(unreadable(path, refused)));
        } finally {
            Quietly.close(posix, fd);
        }
    }

    private Listing list(byte[] path, int fd) throws PosixException {
        Stat directory = posix.stat(fd);
        List<DirectoryEntry> entries = posix.list(fd);
        entries.sort(null);
        List<Found> found = new ArrayList<>(entries.size());
        List<Unreadable> unreadable = new ArrayList<>();
        for (DirectoryEntry entry : entries) {
            byte[] name = entry.name();
            if (name.length > LONGEST_NAME) {
                unreadable.add(new Unreadable(PathBytes.join(path, name), "name longer than 255 octets", false));
                continue;
            }
            try {
                found.add(new Found(name, posix.stat(fd, name)));
            } catch (PosixException refused) {
                unreadable.add(unreadable(PathBytes.join(path, name), refused));
            }
        }
        return new Listing(path, Optional.of(directory), found, unreadable);
    }

    static Unreadable unreadable(byte[] path, PosixException refused) {
        return new Unreadable(path, refused.reason(), refused.isVanished());
    }
}
