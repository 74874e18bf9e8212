package org.cranny.engine.posix;

import java.util.ArrayList;
import java.util.List;

/** Finds data and holes with {@code lseek}; a file system that knows no holes shows one run of data. */
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
            long hole = Posix.checked(Libc.lseek(fd, data, SEEK_HOLE), "lseek", new byte[0]);
            at = Math.min(hole, size);
            extents.add(new Extent(data, at - data));
        }
        return extents;
    }
}
