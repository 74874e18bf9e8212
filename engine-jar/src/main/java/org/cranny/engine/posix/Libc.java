package org.cranny.engine.posix;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The functions of the C library that Java cannot reach, mapped directly.
 * Pointers travel as {@code long}: every caller keeps the memory behind them alive. All return -1 on error except
 * {@code getpw*} and {@code getgr*}, which return the error number.
 */
final class Libc {
    static {
        if (System.getProperty("jna.nosys") == null) {
            System.setProperty("jna.nosys", "true");
        }
        Native.register(Libc.class, NativeLibrary.getProcess());
    }

    private Libc() {}

    static int errno() {
        return Native.getLastError();
    }

    static native long syscall(long number, long a, long b, long c, long d);

    static native int statx(int directory, long path, int flags, int mask, long result);

    static native int openat(int directory, long path, int flags, int mode);

    static native int close(int fd);

    static native long read(int fd, long buffer, long length);

    static native long pread(int fd, long buffer, long length, long offset);

    static native long pwrite(int fd, long buffer, long length, long offset);

    static native long lseek(int fd, long offset, int whence);

    static native int ftruncate(int fd, long length);

    static native int fsync(int fd);

    static native int syncfs(int fd);

    static native int sync_file_range(int fd, long offset, long length, int flags);

    static native long flistxattr(int fd, long list, long size);

    static native long listxattr(long path, long list, long size);

    static native long fgetxattr(int fd, long name, long value, long size);

    static native long getxattr(long path, long name, long value, long size);

    static native int fsetxattr(int fd, long name, long value, long size, int flags);

    static native int setxattr(long path, long name, long value, long size, int flags);

    static native int fremovexattr(int fd, long name);

    static native int removexattr(long path, long name);

    static native long readlinkat(int directory, long path, long buffer, long size);

    static native int symlinkat(long target, int directory, long path);

    static native int linkat(int fromDirectory, long from, int toDirectory, long to, int flags);

    static native int renameat(int fromDirectory, long from, int toDirectory, long to);

    static native int mkdirat(int directory, long path, int mode);

    static native int unlinkat(int directory, long path, int flags);

    static native int fchownat(int directory, long path, int uid, int gid, int flags);

    static native int fchmod(int fd, int mode);

    static native int chmod(long path, int mode);

    static native int futimens(int fd, long times);

    static native int utimensat(int directory, long path, long times, int flags);

    static native int geteuid();

    static native int getpwuid_r(int uid, long record, long buffer, long size, long result);

    static native int getgrgid_r(int gid, long record, long buffer, long size, long result);

    static native int getpwnam_r(long name, long record, long buffer, long size, long result);

    static native int getgrnam_r(long name, long record, long buffer, long size, long result);
}
