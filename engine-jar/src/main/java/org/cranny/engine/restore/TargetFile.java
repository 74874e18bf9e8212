package org.cranny.engine.restore;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.cranny.engine.posix.FileType;
import org.cranny.engine.posix.Posix;
import org.cranny.engine.posix.PosixException;
import org.cranny.engine.tree.Attributes;

/**
 * An ordinary file that is being restored, under its final name. What is never written stays a hole.
 * Positional, so several threads may write at once; {@link #finish} comes after the last of them.
 */
public final class TargetFile implements Closeable {
    private static final int CLOSED = -1;

    private final Target target;
    private final AtomicInteger fd;
    private final TargetPath path;

    private TargetFile(Target target, int fd, TargetPath path) {
        this.target = target;
        this.fd = new AtomicInteger(fd);
        this.path = path;
    }

    static TargetFile sized(Target target, int fd, TargetPath path, long size) throws IOException {
        TargetFile file = new TargetFile(target, fd, path);
        boolean kept = false;
        try {
            if (size > 0) {
                target.posix().truncate(fd, size);
            }
            kept = true;
            return file;
        } finally {
            if (!kept) {
                file.close();
            }
        }
    }

    /** Writes all that remains in the buffer at this place. Direct buffers are faster. */
    public void write(ByteBuffer data, long offset) throws IOException {
        try {
            posix().write(fd.get(), data, offset);
        } catch (PosixException refused) {
            throw refused.at(path.toString());
        }
    }

    public void write(byte[] data, int from, int length, long offset) throws IOException {
        write(ByteBuffer.wrap(data, from, length), offset);
    }

    /** Has its content begin to go to the disk, so that less is left to wait for in the end. */
    void beginSync() {
        posix().beginSync(fd.get());
    }

    /** Gives the file its owner, attributes, mode and times, when its content is complete. */
    public void finish(Attributes wanted) throws IOException {
        try {
            target.apply(fd.get(), FileType.FILE, wanted, path);
        } catch (PosixException refused) {
            throw refused.at(path.toString());
        }
    }

    @Override
    public void close() throws IOException {
        int open = fd.getAndSet(CLOSED);
        if (open != CLOSED) {
            posix().close(open);
        }
    }

    private Posix posix() {
        return target.posix();
    }
}
