package org.cranny.engine.restore;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cranny.engine.posix.Posix;
import org.cranny.engine.posix.PosixException;

/**
 * Directory descriptors of a restore, the recently used ones kept open.
 *
 * <ul>
 *   <li>At most {@link #MOST_IDLE} are open besides the ones in use; the root stays open.
 *   <li>A directory is reopened from its nearest open ancestor, beneath it and without links, and must still be the
 *       inode that it was.
 *   <li>A descriptor in use is never closed.
 * </ul>
 */
final class TargetHandles {
    static final int MOST_IDLE = 256;
    private static final int FAR = 16;

    private final Posix posix;
    private final int root;
    private final Map<TargetDirectory, Handle> open = new LinkedHashMap<>(64, 0.75f, true);

    private boolean closed;

    private static final class Handle {
        final int fd;
        int uses;

        Handle(int fd) {
            this.fd = fd;
        }
    }

    interface Use<T> {
        T on(int fd) throws IOException;
    }

    TargetHandles(Posix posix, int root) {
        this.posix = posix;
        this.root = root;
    }

    /** Runs with the directory's descriptor, which stays open as long. */
    <T> T with(TargetDirectory directory, Use<T> use) throws IOException {
        if (directory.isRoot()) {
            return use.on(root);
        }
        int fd = acquire(directory);
        try {
            return use.on(fd);
        } finally {
            release(directory);
        }
    }

    private synchronized int acquire(TargetDirectory directory) throws IOException {
        Handle handle = opened(directory);
        handle.uses++;
        closeIdle();
        return handle.fd;
    }

    private synchronized void release(TargetDirectory directory) {
        open.get(directory).uses--;
    }

    private void closeIdle() throws PosixException {
        Iterator<Map.Entry<TargetDirectory, Handle>> eldest = open.entrySet().iterator();
        while (open.size() > MOST_IDLE && eldest.hasNext()) {
            Map.Entry<TargetDirectory, Handle> entry = eldest.next();
            if (entry.getValue().uses == 0) {
                eldest.remove();
                posix.close(entry.getValue().fd);
            }
        }
    }

    private Handle opened(TargetDirectory directory) throws IOException {
        List<TargetDirectory> missing = new ArrayList<>();
        TargetDirectory at = directory;
        while (!at.isRoot() && !open.containsKey(at)) {
            missing.add(at);
            at = at.parent();
        }
        if (missing.isEmpty()) {
            return open.get(directory);
        }
        int fd = at.isRoot() ? root : open.get(at).fd;
        // Halfway, and halfway from there: whoever goes up again from far below then finds something open near by.
        for (int left = missing.size(); left > 0; ) {
            int next = left > FAR ? left / 2 : 0;
            fd = reopen(fd, missing.subList(next, left));
            open.put(missing.get(next), new Handle(fd));
            left = next;
        }
        return open.get(directory);
    }

    /** @param missing the directory, then its ancestors up to what is open */
    private int reopen(int from, List<TargetDirectory> missing) throws IOException {
        ByteArrayOutputStream path = new ByteArrayOutputStream();
        for (int i = missing.size() - 1; i >= 0; i--) {
            path.writeBytes(missing.get(i).name());
            if (i > 0) {
                path.write('/');
            }
        }
        int fd = posix.openBeneath(from, path.toByteArray(), Posix.O_RDONLY | Posix.O_DIRECTORY, 0);
        TargetDirectory directory = missing.get(0);
        if (!directory.isSameAs(posix.stat(fd))) {
            posix.close(fd);
            throw new IOException(directory + ": was replaced by another directory during the restore");
        }
        return fd;
    }

    synchronized void close() throws PosixException {
        for (Handle handle : open.values()) {
            posix.close(handle.fd);
        }
        open.clear();
        if (!closed) {
            closed = true;
            posix.close(root);
        }
    }
}
