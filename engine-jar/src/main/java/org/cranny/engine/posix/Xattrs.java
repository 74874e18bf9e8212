package org.cranny.engine.posix;

import java.util.ArrayList;
import java.util.List;

/** Extended attributes of a descriptor; a bare path descriptor is reached through /proc, which leads to its inode. */
final class Xattrs {
    private static final byte[] NOTHING = {};

    private static final int MOST = 4096;
    private static final int MOST_OCTETS = 1 << 20;

    private Xattrs() {}

    /** Some file systems hold more than anybody needs; a limit keeps one file from stopping a backup. */
    static List<Xattr> all(int fd) throws PosixException {
        List<Xattr> found = new ArrayList<>();
        int octets = 0;
        for (byte[] name : names(fd)) {
            byte[] value = value(fd, name);
            if (value != null) {
                found.add(new Xattr(name, value));
                octets += name.length + value.length;
            }
            if (found.size() > MOST || octets > MOST_OCTETS) {
                throw new PosixException("flistxattr", Errno.ERANGE, "");
            }
        }
        found.sort(null);
        return found;
    }

    static List<byte[]> names(int fd) throws PosixException {
        Scratch scratch = Scratch.ofThread();
        long length = Libc.flistxattr(fd, scratch.data(), Scratch.DATA_SIZE);
        if (Posix.isBarePath(length)) {
            length = Libc.listxattr(scratch.path(Posix.procPath(fd)), scratch.data(), Scratch.DATA_SIZE);
        }
        if (length < 0 && Libc.errno() == Errno.EOPNOTSUPP) {
            return List.of();
        }
        Posix.checked(length, "flistxattr", NOTHING);
        List<byte[]> names = new ArrayList<>();
        for (int at = scratch.dataAt(0), end = scratch.dataAt((int) length); at < end; ) {
            byte[] name = scratch.text(at);
            names.add(name);
            at += name.length + 1;
        }
        return names;
    }

    /** Null when the attribute has gone in the meantime, or is of a kind that is listed and has no value. */
    static byte[] value(int fd, byte[] name) throws PosixException {
        Scratch scratch = Scratch.ofThread();
        long attribute = scratch.second(name);
        long length = Libc.fgetxattr(fd, attribute, scratch.data(), Scratch.DATA_SIZE);
        if (Posix.isBarePath(length)) {
            long path = scratch.path(Posix.procPath(fd));
            length = Libc.getxattr(path, attribute, scratch.data(), Scratch.DATA_SIZE);
        }
        if (length < 0 && (Libc.errno() == Errno.ENODATA || Libc.errno() == Errno.EOPNOTSUPP)) {
            return null;
        }
        return scratch.data((int) Posix.checked(length, "fgetxattr", name));
    }

    static void set(int fd, Xattr attribute) throws PosixException {
        Scratch scratch = Scratch.ofThread();
        long name = scratch.second(attribute.name());
        long value = scratch.value(attribute.value());
        int size = attribute.value().length;
        int result = Libc.fsetxattr(fd, name, value, size, 0);
        if (Posix.isBarePath(result)) {
            result = Libc.setxattr(scratch.path(Posix.procPath(fd)), name, value, size, 0);
        }
        Posix.checked(result, "fsetxattr", attribute.name());
    }

    static void remove(int fd, byte[] attribute) throws PosixException {
        Scratch scratch = Scratch.ofThread();
        long name = scratch.second(attribute);
        int result = Libc.fremovexattr(fd, name);
        if (Posix.isBarePath(result)) {
            result = Libc.removexattr(scratch.path(Posix.procPath(fd)), name);
        }
        Posix.checked(result, "fremovexattr", attribute);
    }
}
