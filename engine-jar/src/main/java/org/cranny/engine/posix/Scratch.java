package org.cranny.engine.posix;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Native memory of one thread, for the arguments and answers of one system call at a time.
 *
 * <p>Layout: two paths of 4,096 octets, a record of 512, and data of 64 KiB (the most that the kernel gives for an
 * extended attribute, a list of them, or that we ask of a directory at once).
 */
final class Scratch {
    static final int PATH_MAX = 4096;
    static final int RECORD_SIZE = 512;
    static final int DATA_SIZE = 65_536;

    private static final int SECOND = PATH_MAX;
    private static final int RECORD = 2 * PATH_MAX;
    private static final int DATA = RECORD + RECORD_SIZE;
    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    final ByteBuffer memory = ByteBuffer.allocateDirect(DATA + DATA_SIZE).order(ByteOrder.nativeOrder());
    private final long address = addressOf(memory);

    private Scratch() {}

    static Scratch ofThread() {
        return OF_THREAD.get();
    }

    static long addressOf(ByteBuffer direct) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }

    /** Puts a path, ended by NUL, into the first slot. */
    long path(byte[] path) throws PosixException {
        return put(0, path);
    }

    /** Puts a path, ended by NUL, into the second slot. */
    long second(byte[] path) throws PosixException {
        return put(SECOND, path);
    }

    private long put(int at, byte[] path) throws PosixException {
        if (path.length >= PATH_MAX) {
            throw new PosixException("path", Errno.ENAMETOOLONG, PathBytes.printable(path));
        }
        for (byte octet : path) {
            if (octet == 0) {
                throw new PosixException("path", Errno.EINVAL, PathBytes.printable(path));
            }
        }
        memory.put(at, path).put(at + path.length, (byte) 0);
        return address + at;
    }

    long record() {
        return address + RECORD;
    }

    int recordAt(int offset) {
        return RECORD + offset;
    }

    long data() {
        return address + DATA;
    }

    int dataAt(int offset) {
        return DATA + offset;
    }

    byte[] data(int length) {
        return copy(DATA, length);
    }

    byte[] copy(int at, int length) {
        byte[] bytes = new byte[length];
        memory.get(at, bytes);
        return bytes;
    }

    /** The octets from here to the next NUL. */
    byte[] text(int at) {
        int end = at;
        while (memory.get(end) != 0) {
            end++;
        }
        return copy(at, end - at);
    }

    /** A value of up to 64 KiB in the data area. */
    long value(byte[] value) throws PosixException {
        if (value.length > DATA_SIZE) {
            throw new PosixException("value", Errno.ERANGE, "");
        }
        memory.put(DATA, value);
        return data();
    }
}
