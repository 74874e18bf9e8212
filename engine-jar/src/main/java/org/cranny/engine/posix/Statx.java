package org.cranny.engine.posix;

import java.nio.ByteBuffer;

/** Reads {@code struct statx} (linux/stat.h), the same on every processor. */
final class Statx {
    private static final int BASIC_STATS = 0x7ff;

    private Statx() {}

    static Stat read(int directory, byte[] name, int flags) throws PosixException {
        Scratch scratch = Scratch.ofThread();
        int result = Libc.statx(directory, scratch.path(name), flags, BASIC_STATS, scratch.record());
        Posix.checked(result, "statx", name);
        return of(scratch.memory, scratch.recordAt(0));
    }

    private static Stat of(ByteBuffer memory, int at) {
        int mode = memory.getShort(at + 28);
        return new Stat(
                FileType.ofMode(mode),
                mode & 07777,
                unsigned(memory, at + 20),
                unsigned(memory, at + 24),
                memory.getLong(at + 40),
                memory.getLong(at + 112),
                memory.getInt(at + 120),
                memory.getLong(at + 96),
                memory.getInt(at + 104),
                memory.getLong(at + 32),
                unsigned(memory, at + 136) << 32 | unsigned(memory, at + 140),
                unsigned(memory, at + 16),
                unsigned(memory, at + 128),
                unsigned(memory, at + 132),
                memory.getLong(at + 48));
    }

    private static long unsigned(ByteBuffer memory, int at) {
        return Integer.toUnsignedLong(memory.getInt(at));
    }
}
