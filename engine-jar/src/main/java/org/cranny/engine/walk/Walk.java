package org.cranny.engine.walk;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Posix;
import org.cranny.engine.posix.PosixException;
import org.cranny.engine.posix.Stat;
import org.cranny.engine.posix.Xattr;

/**
 * Reads a file tree without ever leaving it: no symbolic link below the root is followed, whatever happens meanwhile.
 *
 * <p>Paths are relative to the root, raw octets, components split by one slash, of any length; empty is the root.
 * A walk of {@code /} takes absolute paths without their first slash. Several threads listing ahead keep a reader busy
 * who goes depth first in the order of the names; any other order works and is slower. Everything may be called by
 * many threads.
 */
public final class Walk implements Closeable {
    private static final byte[] NOTHING = {};

    private final Posix posix;
    private final int root;
    private final Readahead readahead;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Walk(Posix posix, int root, int threads, Descent descent) {
        this.posix = posix;
        this.root = root;
        this.readahead = new Readahead(new Lister(posix, root)::list, descent);
        readahead.start(threads);
    }

    public static Walk open(Posix posix, byte[] root, int threads) throws IOException {
        return open(posix, root, threads, Descent.EVERYWHERE);
    }

    /**
     * Opens the root, an absolute path of a directory that is not a symbolic link.
     *
     * @param threads how many list ahead; 0 lists on the calling thread only
     * @param descent which directories are worth listing ahead
     */
    public static Walk open(Posix posix, byte[] root, int threads, Descent descent) throws IOException {
        int fd = posix.open(Posix.CWD, root, Posix.O_RDONLY | Posix.O_DIRECTORY, 0);
        return new Walk(posix, fd, threads, descent);
    }

    /** Never fails: what cannot be read is in the listing. */
    public Listing list(byte[] directory) {
        return readahead.take(directory);
    }

    /** Opens an ordinary file for reading; refuses anything else that may have taken its place, without waiting. */
    public Contents contents(byte[] file) throws IOException {
        return Contents.open(posix, root, file);
    }

    /** What is there now; of a symbolic link, the link itself. */
    public Stat stat(byte[] path) throws PosixException {
        return at(path, posix::stat);
    }

    /** Where a symbolic link points. */
    public byte[] readLink(byte[] path) throws PosixException {
        return at(path, fd -> posix.readLink(fd, NOTHING));
    }

    /** The extended attributes, ACLs among them, sorted by name; of a symbolic link, its own. */
    public List<Xattr> xattrs(byte[] path) throws PosixException {
        return at(path, posix::xattrs);
    }

    private interface OnDescriptor<T> {
        T ask(int fd) throws PosixException;
    }

    private <T> T at(byte[] path, OnDescriptor<T> question) throws PosixException {
        int fd = posix.openBeneath(root, path, Posix.O_PATH, 0);
        try {
            return question.ask(fd);
        } catch (PosixException refused) {
            throw refused.at(PathBytes.printable(path));
        } finally {
            Quietly.close(posix, fd);
        }
    }

    /** Stops listing ahead and closes the root; open {@link Contents} stay open. */
    @Override
    public void close() {
        if (!closed.getAndSet(true) && readahead.close()) {
            Quietly.close(posix, root);
        }
    }
}
