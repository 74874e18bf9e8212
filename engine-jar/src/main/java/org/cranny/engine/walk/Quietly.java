package org.cranny.engine.walk;

import java.io.UncheckedIOException;
import org.cranny.engine.posix.Posix;
import org.cranny.engine.posix.PosixException;

/** Opens for reading without leaving a trace in access times, where the file is ours to read so. */
final class Quietly {
    private Quietly() {}

    static int open(Posix posix, int root, byte[] path, int flags) throws PosixException {
        try {
            return posix.openBeneath(root, path, flags | Posix.O_NOATIME, 0);
        } catch (PosixException refused) {
            if (!refused.isDenied()) {
                throw refused;
            }
            return posix.openBeneath(root, path, flags, 0);
        }
    }

    /** A descriptor opened for reading has nothing to lose at close; a refusal is a bug of ours. */
    static void close(Posix posix, int fd) {
        if (fd >= 0) {
            try {
                posix.close(fd);
            } catch (PosixException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }
}
