package org.cranny.engine.posix;

import java.util.Arrays;

/**
 * Opens paths below a directory without ever leaving it.
 *
 * <p>With {@code openat2} the kernel itself holds the rule, for as many components as fit into one path. Where a
 * kernel or a sandbox does not know it, components are opened one by one with O_NOFOLLOW. Either way a path longer
 * than the kernel takes is walked in pieces, from descriptor to descriptor.
 */
final class Beneath {
    private static final long RESOLVE_NO_MAGICLINKS = 0x02;
    private static final long RESOLVE_NO_SYMLINKS = 0x04;
    private static final long RESOLVE_BENEATH = 0x08;
    private static final int OPEN_HOW_SIZE = 24;
    private static final long O_CLOEXEC = 02000000;
    private static final int STEP = Posix.O_PATH | Posix.O_DIRECTORY;
    private static final int MOST_TRIES = 1000;
    private static final byte[] HERE = {'.'};

    private final Posix posix;
    private volatile boolean hasOpenat2;

    Beneath(Posix posix, boolean mayUseOpenat2) {
        this.posix = posix;
        this.hasOpenat2 = mayUseOpenat2;
    }

    int open(int directory, byte[] path, int flags, int mode) throws PosixException {
        if (path.length == 0) {
            return posix.open(directory, HERE, flags, mode);
        }
        int at = directory;
        int from = 0;
        try {
            while (true) {
                int to = endOfPiece(path, from);
                boolean last = to == path.length;
                byte[] piece = from == 0 && last ? path : Arrays.copyOfRange(path, from, to);
                int next = openPiece(at, piece, last ? flags : STEP, last ? mode : 0);
                closeStep(at, directory);
                at = next;
                if (last) {
                    return next;
                }
                from = to + 1;
            }
        } catch (PosixException failed) {
            closeStep(at, directory);
            throw failed;
        }
    }

    private void closeStep(int at, int directory) throws PosixException {
        if (at != directory) {
            posix.close(at);
        }
    }

    private int endOfPiece(byte[] path, int from) {
        if (!hasOpenat2) {
            return endOfComponent(path, from);
        }
        if (path.length - from < Scratch.PATH_MAX) {
            return path.length;
        }
        int to = from + Scratch.PATH_MAX - 1;
        while (to > from && path[to] != '/') {
            to--;
        }
        return to == from ? endOfComponent(path, from) : to;
    }

    private static int endOfComponent(byte[] path, int from) {
        int to = from;
        while (to < path.length && path[to] != '/') {
            to++;
        }
        return to;
    }

    private int openPiece(int directory, byte[] piece, int flags, int mode) throws PosixException {
        if (!hasOpenat2) {
            return openComponent(directory, piece, flags, mode);
        }
        int fd = openat2(directory, piece, flags, mode);
        if (fd < 0 && (Libc.errno() == Errno.ENOSYS || Libc.errno() == Errno.EPERM && !works(directory))) {
            hasOpenat2 = false;
            return open(directory, piece, flags, mode);
        }
        return (int) Posix.checked(fd, "openat2", piece);
    }

    /** Sandboxes forbid unknown calls with EPERM; opening a directory we already hold tells the two apart. */
    private boolean works(int directory) throws PosixException {
        int fd = openat2(directory, HERE, STEP, 0);
        if (fd < 0) {
            return false;
        }
        posix.close(fd);
        return true;
    }

    private static int openat2(int directory, byte[] piece, int flags, int mode) throws PosixException {
        Scratch scratch = Scratch.ofThread();
        long path = scratch.path(piece);
        boolean creates = (flags & Posix.O_CREAT) != 0;
        scratch.memory
                .putLong(scratch.recordAt(0), flags | Posix.O_NOFOLLOW | O_CLOEXEC)
                .putLong(scratch.recordAt(8), creates ? mode : 0)
                .putLong(scratch.recordAt(16), RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS);
        long fd;
        int tries = 0;
        do {
            fd = Libc.syscall(Machine.SYS_OPENAT2, directory, path, scratch.record(), OPEN_HOW_SIZE);
        } while (fd < 0 && isPassing(Libc.errno()) && ++tries < MOST_TRIES);
        return (int) fd;
    }

    /** Interrupted, or a rename elsewhere made the kernel doubt that it stayed beneath. */
    private static boolean isPassing(int errno) {
        return errno == Errno.EINTR || errno == Errno.EAGAIN;
    }

    /** One component of its own: never a link (O_NOFOLLOW), never upwards, never somewhere else. */
    private int openComponent(int directory, byte[] name, int flags, int mode) throws PosixException {
        boolean leavesOrStays =
                name.length == 0 || Arrays.equals(name, HERE) || Arrays.equals(name, new byte[] {'.', '.'});
        if (leavesOrStays) {
            throw new PosixException("openat", Errno.EXDEV, PathBytes.printable(name));
        }
        return posix.open(directory, name, flags, mode);
    }
}
