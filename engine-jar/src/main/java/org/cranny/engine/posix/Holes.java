package org.cranny.engine.posix;

import java.util.ArrayList;
import java.util.List;

/** Finds data and holes with {@code lseek}. A file system that knows no holes shows one run of data; a file that shrinks
 * meanwhile shows what was found so far. */
final class Holes {
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;

    private Holes() {}

    static List<Extent> extents(int fd, long size) throws PosixException {
        List<Extent> extents = new ArrayList<>();
        long at = 0;
        while (at < size) {
            long data = Libc.lseek(fd, at, SEEK_DATA);
            if (data < 0 && Libc.errno() == Errno.ENXIO) {
                return extents;
            }
            if (data < 0 && Libc.errno() == Errno.EINVAL) {
                return List.of(new Extent(0, size));
            }
            Posix.checked(data, "lseek", new byte[0]);
            if (data >= size) {
                return extents;
            }
            long hole = Libc.lseek(fd, data, SEEK_HOLE);
            if (hole < 0 && Libc.errno() == Errno.ENXIO) {
                return extents;
            }
            Posix.checked(hole, "lseek", new byte[0]);
            at = Math.min(hole, size);
            append(extents, data, at);
        }
        return extents;
    }

    /** A hole that was filled between two questions leaves two runs that touch: they are one. */
    private static void append(List<Extent> extents, long from, long to) {
        int last = extents.size() - 1;
        boolean touches = last >= 0 && extents.get(last).end() == from;
        long start = touches ? extents.remove(last).offset() : from;
        if (to > start) {
            extents.add(new Extent(start, to - start));
        }
    }
}
