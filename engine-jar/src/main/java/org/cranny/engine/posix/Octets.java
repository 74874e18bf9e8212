package org.cranny.engine.posix;

import java.nio.ByteBuffer;

/** Positional reading and writing; heap buffers go through the thread's scratch memory in pieces. */
final class Octets {
    private static final byte[] NOTHING = {};

    private Octets() {}

    static int read(int fd, ByteBuffer into, long offset) throws PosixException {
        int wanted = into.remaining();
        if (wanted == 0) {
            return 0;
        }
        int got = into.isDirect() ? readDirect(fd, into, offset, wanted) : readThroughScratch(fd, into, offset);
        return got == 0 ? -1 : got;
    }

    private static int readDirect(int fd, ByteBuffer into, long offset, int wanted) throws PosixException {
        int got = pread(fd, Scratch.addressOf(into) + into.position(), wanted, offset);
        into.position(into.position() + got);
        Posix.keepAlive(into);
        return got;
    }

    private static int readThroughScratch(int fd, ByteBuffer into, long offset) throws PosixException {
        Scratch scratch = Scratch.ofThread();
        int got = pread(fd, scratch.data(), Math.min(into.remaining(), Scratch.DATA_SIZE), offset);
        into.put(into.position(), scratch.memory, scratch.dataAt(0), got).position(into.position() + got);
        return got;
    }

    private static int pread(int fd, long address, int length, long offset) throws PosixException {
        long got;
        do {
            got = Libc.pread(fd, address, length, offset);
        } while (got < 0 && Libc.errno() == Errno.EINTR);
        return (int) Posix.checked(got, "pread", NOTHING);
    }

    static void write(int fd, ByteBuffer from, long offset) throws PosixException {
        long at = offset;
        while (from.hasRemaining()) {
            int put = from.isDirect() ? writeDirect(fd, from, at) : writeThroughScratch(fd, from, at);
            from.position(from.position() + put);
            at += put;
        }
        Posix.keepAlive(from);
    }

    private static int writeDirect(int fd, ByteBuffer from, long offset) throws PosixException {
        return pwrite(fd, Scratch.addressOf(from) + from.position(), from.remaining(), offset);
    }

    private static int writeThroughScratch(int fd, ByteBuffer from, long offset) throws PosixException {
        Scratch scratch = Scratch.ofThread();
        int length = Math.min(from.remaining(), Scratch.DATA_SIZE);
        scratch.memory.put(scratch.dataAt(0), from, from.position(), length);
        return pwrite(fd, scratch.data(), length, offset);
    }

    private static int pwrite(int fd, long address, int length, long offset) throws PosixException {
        long put;
        do {
            put = Libc.pwrite(fd, address, length, offset);
        } while (put < 0 && Libc.errno() == Errno.EINTR);
        return (int) Posix.checked(put, "pwrite", NOTHING);
    }
}
