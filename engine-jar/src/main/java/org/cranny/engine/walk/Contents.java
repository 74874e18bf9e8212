package org.cranny.engine.walk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.cranny.engine.posix.Extent;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Posix;
import org.cranny.engine.posix.PosixException;
import org.cranny.engine.posix.Stat;
import org.cranny.engine.posix.Xattr;

/** An ordinary file, open for reading. Positional, so several threads may read it at once. */
public final class Contents implements Closeable {
    private static final int CLOSED = -1;

    private final Posix posix;
    private final AtomicInteger fd;
    private final byte[] path;
    private final Stat stat;

    private Contents(Posix posix, int fd, byte[] path, Stat stat) {
        this.posix = posix;
        this.fd = new AtomicInteger(fd);
        this.path = path;
        this.stat = stat;
    }

    static Contents open(Posix posix, int root, byte[] path) throws IOException {
        int fd = Quietly.open(posix, root, path, Posix.O_RDONLY | Posix.O_NONBLOCK);
        boolean kept = false;
        try {
            Stat stat = posix.stat(fd);
            if (!stat.isFile()) {
                throw new IOException(PathBytes.printable(path) + ": is now a " + stat.type());
            }
            kept = true;
            return new Contents(posix, fd, path, stat);
        } finally {
            if (!kept) {
                Quietly.close(posix, fd);
            }
        }
    }

    /** The file as it was when it was opened. */
    public Stat stat() {
        return stat;
    }

    /** Reads from this place into the buffer's remaining space, maybe less; -1 at the end. Direct buffers are faster. */
    public int read(ByteBuffer into, long offset) throws PosixException {
        try {
            return posix.read(fd.get(), into, offset);
        } catch (PosixException refused) {
            throw refused.at(PathBytes.printable(path));
        }
    }

    /** Where the file holds data: one extent over all of it unless it looks sparse, none when it is empty. */
    public List<Extent> extents() throws PosixException {
        if (stat.looksSparse()) {
            return posix.extents(fd.get(), stat.size());
        }
        return stat.size() == 0 ? List.of() : List.of(new Extent(0, stat.size()));
    }

    public List<Xattr> xattrs() throws PosixException {
        return posix.xattrs(fd.get());
    }

    /** Whether size, modification and change time are still as when it was opened. */
    public boolean isUnchanged() throws PosixException {
        Stat now = posix.stat(fd.get());
        return now.size() == stat.size()
                && now.mtimeSeconds() == stat.mtimeSeconds()
                && now.mtimeNanos() == stat.mtimeNanos()
                && now.ctimeSeconds() == stat.ctimeSeconds()
                && now.ctimeNanos() == stat.ctimeNanos();
    }

    @Override
    public void close() {
        Quietly.close(posix, fd.getAndSet(CLOSED));
    }
}
