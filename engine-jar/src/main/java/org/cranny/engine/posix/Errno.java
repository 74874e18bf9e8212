package org.cranny.engine.posix;

import java.util.Map;

/** Error numbers of Linux on x86-64 and aarch64 (they agree), and plain words for the ones people meet. */
final class Errno {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int ENXIO = 6;
    static final int EBADF = 9;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int EBUSY = 16;
    static final int EEXIST = 17;
    static final int EXDEV = 18;
    static final int ENODEV = 19;
    static final int ENOTDIR = 20;
    static final int EISDIR = 21;
    static final int EINVAL = 22;
    static final int EMFILE = 24;
    static final int EFBIG = 27;
    static final int ENOSPC = 28;
    static final int EROFS = 30;
    static final int EMLINK = 31;
    static final int ERANGE = 34;
    static final int ENAMETOOLONG = 36;
    static final int ENOSYS = 38;
    static final int ENOTEMPTY = 39;
    static final int ELOOP = 40;
    static final int ENODATA = 61;
    static final int EILSEQ = 84;
    static final int EOPNOTSUPP = 95;
    static final int ESTALE = 116;
    static final int EDQUOT = 122;

    private static final Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry(EPERM, "not permitted"),
            Map.entry(ENOENT, "does not exist"),
            Map.entry(EIO, "the disk cannot read or write here"),
            Map.entry(ENXIO, "no such device or position"),
            Map.entry(EACCES, "permission denied"),
            Map.entry(EBUSY, "in use"),
            Map.entry(EEXIST, "already exists"),
            Map.entry(EXDEV, "leaves the folder or the file system"),
            Map.entry(ENOTDIR, "not a directory"),
            Map.entry(EISDIR, "is a directory"),
            Map.entry(EINVAL, "not possible here"),
            Map.entry(EMFILE, "too many open files"),
            Map.entry(EFBIG, "too big for this file system"),
            Map.entry(ENOSPC, "no space left on the disk"),
            Map.entry(EROFS, "read-only file system"),
            Map.entry(EMLINK, "too many links"),
            Map.entry(ERANGE, "too big"),
            Map.entry(ENAMETOOLONG, "name too long"),
            Map.entry(ENOSYS, "not known to this kernel"),
            Map.entry(ENOTEMPTY, "directory not empty"),
            Map.entry(ELOOP, "a symbolic link is in the way"),
            Map.entry(EILSEQ, "a name that this file system does not take"),
            Map.entry(EOPNOTSUPP, "not supported by this file system"),
            Map.entry(ESTALE, "stale handle"),
            Map.entry(EDQUOT, "disk quota used up"));

    private Errno() {}

    static String words(int errno) {
        return WORDS.getOrDefault(errno, "error " + errno);
    }
}
