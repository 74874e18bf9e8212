package org.cranny.engine.posix;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The file system as Linux knows it: everything a backup needs and Java 17 cannot reach.
 *
 * <p>Paths and names are raw octets without NUL. A name is looked up in a directory descriptor, or in the working
 * directory with {@link #CWD}. No call follows a symbolic link in the last component. Descriptors are plain numbers
 * that the caller closes, always close-on-exec. Calls that change owner, mode, attributes or times take any
 * descriptor, also one opened with {@link #O_PATH}, which is how links and devices are reached without a race.
 *
 * <p>Every refusal is a {@link PosixException}. Safe for many threads. Linux on x86-64 and aarch64; calls as in the
 * manual pages of section 2.
 */
public final class Posix {
    /** The working directory instead of a descriptor. */
    public static final int CWD = -100;

    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_CREAT = 0100;
    public static final int O_EXCL = 0200;
    public static final int O_TRUNC = 01000;
    public static final int O_NONBLOCK = 04000;
    public static final int O_DIRECTORY = Machine.HERE.directory;
    public static final int O_NOFOLLOW = Machine.HERE.noFollow;
    public static final int O_NOATIME = 01000000;
    public static final int O_PATH = 010000000;

    private static final int O_CLOEXEC = 02000000;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_REMOVEDIR = 0x200;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int AT_NO_AUTOMOUNT = 0x800;
    private static final int SYNC_FILE_RANGE_WRITE = 2;
    private static final long UTIME_OMIT = 0x3ffffffe;
    private static final byte[] NOTHING = {};

    private final Accounts accounts = new Accounts();
    private final Beneath beneath = new Beneath(this, true);

    private Posix() {}

    private static final class Holder {
        static final Posix HERE = new Posix();
    }

    /** The one instance; the native side is loaded at the first call. Fails on systems we do not know. */
    public static Posix here() throws IOException {
        if (!Machine.isSupported()) {
            throw new IOException("Cranny backs up Linux on x86-64 and aarch64; this is "
                    + System.getProperty("os.name") + " on " + System.getProperty("os.arch"));
        }
        return Holder.HERE;
    }

    /** Users and groups of this machine. */
    public Accounts accounts() {
        return accounts;
    }

    /** Whether this process may do everything (effective user 0). */
    public boolean isRoot() {
        return effectiveUid() == 0;
    }

    public long effectiveUid() {
        return Integer.toUnsignedLong(Libc.geteuid());
    }

    // ---- opening and closing

    /** Opens without following a link in the last component. {@code mode} counts when the file is created. */
    public int open(int directory, byte[] path, int flags, int mode) throws PosixException {
        long name = Scratch.ofThread().path(path);
        int fd;
        do {
            fd = Libc.openat(directory, name, flags | O_NOFOLLOW | O_CLOEXEC, mode);
        } while (fd < 0 && Libc.errno() == Errno.EINTR);
        return (int) checked(fd, "openat", path);
    }

    /**
     * Opens a path below a directory and nowhere else: no component is a symbolic link, none leads upwards.
     * The path is relative, its components split by single slashes, of any length; empty means the directory itself.
     */
    public int openBeneath(int directory, byte[] path, int flags, int mode) throws PosixException {
        return beneath.open(directory, path, flags, mode);
    }

    /** Also an interrupted call has closed the descriptor, on Linux. */
    public void close(int fd) throws PosixException {
        int result = Libc.close(fd);
        if (result < 0 && Libc.errno() != Errno.EINTR) {
            throw new PosixException("close", Libc.errno(), "");
        }
    }

    // ---- looking

    /** What is under this name; of a symbolic link, the link itself. */
    public Stat stat(int directory, byte[] name) throws PosixException {
        return Statx.read(directory, name, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT);
    }

    public Stat stat(int fd) throws PosixException {
        return Statx.read(fd, NOTHING, AT_EMPTY_PATH);
    }

    /** All names of an open directory except {@code .} and {@code ..}, in the order of the file system. */
    public List<DirectoryEntry> list(int directory) throws PosixException {
        return Dirents.list(directory);
    }

    public byte[] readLink(int directory, byte[] name) throws PosixException {
        Scratch scratch = Scratch.ofThread();
        long length = Libc.readlinkat(directory, scratch.path(name), scratch.data(), Scratch.DATA_SIZE);
        return scratch.data((int) checked(length, "readlinkat", name));
    }

    /** Where a file of this size holds data, in order, without overlaps; the rest are holes. */
    public List<Extent> extents(int fd, long size) throws PosixException {
        return Holes.extents(fd, size);
    }

    // ---- octets

    /** Reads at a place into the buffer's remaining space; -1 at the end of the file. Direct buffers are not copied. */
    public int read(int fd, ByteBuffer into, long offset) throws PosixException {
        return Octets.read(fd, into, offset);
    }

    /** Writes all that remains in the buffer at a place. Direct buffers are not copied. */
    public void write(int fd, ByteBuffer from, long offset) throws PosixException {
        Octets.write(fd, from, offset);
    }

    public void truncate(int fd, long size) throws PosixException {
        checked(Libc.ftruncate(fd, size), "ftruncate", NOTHING);
    }

    /** Returns when the file, or the directory, is on disk. */
    public void sync(int fd) throws PosixException {
        checked(Libc.fsync(fd), "fsync", NOTHING);
    }

    /** Has what was written to a file begin to go to the disk, and waits for nothing. What fails, {@link #sync} says. */
    public void beginSync(int fd) {
        Libc.sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
    }

    /** Returns when everything written to the file system of this descriptor is on disk. */
    public void syncFileSystem(int fd) throws PosixException {
        checked(Libc.syncfs(fd), "syncfs", NOTHING);
    }

    // ---- making and removing names

    public void makeDirectory(int directory, byte[] name, int mode) throws PosixException {
        checked(Libc.mkdirat(directory, Scratch.ofThread().path(name), mode), "mkdirat", name);
    }

    public void makeSymlink(byte[] target, int directory, byte[] name) throws PosixException {
        Scratch scratch = Scratch.ofThread();
        checked(Libc.symlinkat(scratch.second(target), directory, scratch.path(name)), "symlinkat", name);
    }

    /** A second name for a file; a symbolic link is linked itself. */
    public void makeLink(int fromDirectory, byte[] from, int toDirectory, byte[] to) throws PosixException {
        Scratch scratch = Scratch.ofThread();
        checked(Libc.linkat(fromDirectory, scratch.path(from), toDirectory, scratch.second(to), 0), "linkat", to);
    }

    /** Gives a thing another name in its directory; what had that name, other than a directory, is gone in the same moment. */
    public void rename(int directory, byte[] from, byte[] to) throws PosixException {
        Scratch scratch = Scratch.ofThread();
        checked(Libc.renameat(directory, scratch.path(from), directory, scratch.second(to)), "renameat", to);
    }

    /** A fifo, socket or device; the device numbers count for devices only. */
    public void makeNode(int directory, byte[] name, FileType type, int mode, long major, long minor)
            throws PosixException {
        long device = type.isDevice() ? (minor & 0xff) | major << 8 | (minor & ~0xffL) << 12 : 0;
        long result = Libc.syscall(
                Machine.HERE.sysMknodat, directory, Scratch.ofThread().path(name), type.modeBits() | mode, device);
        checked(result, "mknodat", name);
    }

    /** Removes a name that is not a directory. */
    public void remove(int directory, byte[] name) throws PosixException {
        checked(Libc.unlinkat(directory, Scratch.ofThread().path(name), 0), "unlinkat", name);
    }

    public void removeDirectory(int directory, byte[] name) throws PosixException {
        checked(Libc.unlinkat(directory, Scratch.ofThread().path(name), AT_REMOVEDIR), "unlinkat", name);
    }

    // ---- attributes of an open descriptor

    /** Owner and group. Takes setuid, setgid and capabilities away: set the mode afterwards. */
    public void chown(int fd, long uid, long gid) throws PosixException {
        long empty = Scratch.ofThread().path(NOTHING);
        checked(Libc.fchownat(fd, empty, (int) uid, (int) gid, AT_EMPTY_PATH), "fchownat", NOTHING);
    }

    /** Permissions, setuid, setgid and sticky: 07777 at most. */
    public void chmod(int fd, int mode) throws PosixException {
        int result = Libc.fchmod(fd, mode);
        if (isBarePath(result)) {
            result = Libc.chmod(Scratch.ofThread().path(procPath(fd)), mode);
        }
        checked(result, "fchmod", NOTHING);
    }

    /** The modification time, to the nanosecond; the access time stays. */
    public void setModified(int fd, long seconds, int nanos) throws PosixException {
        Scratch scratch = Scratch.ofThread();
        scratch.memory.putLong(scratch.recordAt(8), UTIME_OMIT);
        scratch.memory.putLong(scratch.recordAt(16), seconds).putLong(scratch.recordAt(24), nanos);
        int result = Libc.futimens(fd, scratch.record());
        if (isBarePath(result)) {
            result = Libc.utimensat(CWD, scratch.path(procPath(fd)), scratch.record(), 0);
        }
        checked(result, "utimensat", NOTHING);
    }

    /** All extended attributes that we may see, sorted by name; refused when they are more than 4,096 or 1 MiB. */
    public List<Xattr> xattrs(int fd) throws PosixException {
        return Xattrs.all(fd);
    }

    /** The names of the extended attributes alone, in the order of the file system. */
    public List<byte[]> xattrNames(int fd) throws PosixException {
        return Xattrs.names(fd);
    }

    public void setXattr(int fd, Xattr attribute) throws PosixException {
        Xattrs.set(fd, attribute);
    }

    public void removeXattr(int fd, byte[] name) throws PosixException {
        Xattrs.remove(fd, name);
    }

    // ---- shared with the rest of this package

    /** A descriptor opened with O_PATH does not take part in {@code f…} calls; its path in /proc does. */
    static boolean isBarePath(long result) {
        return result < 0 && Libc.errno() == Errno.EBADF;
    }

    static byte[] procPath(int fd) {
        return ("/proc/self/fd/" + fd).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    static long checked(long result, String call, byte[] path) throws PosixException {
        if (result < 0) {
            throw new PosixException(call, Libc.errno(), PathBytes.printable(path));
        }
        return result;
    }

    static void keepAlive(ByteBuffer buffer) {
        Reference.reachabilityFence(buffer);
    }
}
