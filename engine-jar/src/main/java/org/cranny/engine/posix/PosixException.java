package org.cranny.engine.posix;

import java.io.IOException;

/** A system call was refused. Carries the call, the error number and the path, and says them in one line. */
public final class PosixException extends IOException {
    private static final long serialVersionUID = 1;

    private final String call;
    private final int errno;

    PosixException(String call, int errno, String path) {
        super((path.isEmpty() ? "" : path + ": ") + Errno.words(errno) + " (" + call + ")");
        this.call = call;
        this.errno = errno;
    }

    /** The same refusal, naming the whole path instead of the part that the call saw. */
    public PosixException at(String path) {
        PosixException named = new PosixException(call, errno, path);
        named.setStackTrace(getStackTrace());
        return named;
    }

    /** Why, without the path. */
    public String reason() {
        return Errno.words(errno);
    }

    public String call() {
        return call;
    }

    /** Nothing is there under this name any more, or something else is. */
    public boolean isVanished() {
        return errno == Errno.ENOENT || errno == Errno.ENOTDIR || errno == Errno.ELOOP || errno == Errno.ESTALE;
    }

    /** We may not. */
    public boolean isDenied() {
        return errno == Errno.EACCES || errno == Errno.EPERM;
    }

    /** The name is taken. */
    public boolean isTaken() {
        return errno == Errno.EEXIST;
    }

    /** The file system, or this kind of file, does not know such a thing. */
    public boolean isUnsupported() {
        return errno == Errno.EOPNOTSUPP || errno == Errno.ENOSYS || errno == Errno.EINVAL;
    }

    /** The disk itself fails, or we have lost our descriptor: nothing that another way around could help. */
    public boolean isBroken() {
        return errno == Errno.EIO || errno == Errno.EBADF || errno == Errno.EROFS;
    }

    /** Nothing is wrong but that this file system, or what stands in it, has no place for this one thing. */
    public boolean isOfThisThing() {
        return switch (errno) {
            case Errno.EINVAL,
                    Errno.EFBIG,
                    Errno.ENAMETOOLONG,
                    Errno.EMLINK,
                    Errno.ERANGE,
                    Errno.EOPNOTSUPP,
                    Errno.EILSEQ,
                    Errno.EEXIST,
                    Errno.EXDEV -> true;
            default -> false;
        };
    }

    /** The disk or the quota is full. */
    public boolean isFull() {
        return errno == Errno.ENOSPC || errno == Errno.EDQUOT;
    }
}
