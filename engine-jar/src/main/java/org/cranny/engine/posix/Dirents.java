package org.cranny.engine.posix;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code struct linux_dirent64}: inode 8, offset 8, record length 2, type 1, name ended by NUL. */
final class Dirents {
    private static final byte[] NOTHING = {};

    private Dirents() {}

    static List<DirectoryEntry> list(int directory) throws PosixException {
        Scratch scratch = Scratch.ofThread();
        List<DirectoryEntry> entries = new ArrayList<>();
        Posix.checked(Libc.lseek(directory, 0, 0), "lseek", NOTHING);
        while (true) {
            long length = Libc.syscall(Machine.HERE.sysGetdents64, directory, scratch.data(), Scratch.DATA_SIZE, 0);
            if (Posix.checked(length, "getdents64", NOTHING) == 0) {
                return entries;
            }
            read(scratch, (int) length, entries);
        }
    }

    private static void read(Scratch scratch, int length, List<DirectoryEntry> into) {
        ByteBuffer memory = scratch.memory;
        int end = scratch.dataAt(length);
        for (int at = scratch.dataAt(0); at < end; at += memory.getShort(at + 16) & 0xffff) {
            byte[] name = scratch.text(at + 19);
            if (!isDots(name)) {
                into.add(new DirectoryEntry(name, type(memory.get(at + 18))));
            }
        }
    }

    private static boolean isDots(byte[] name) {
        return name.length <= 2 && name[0] == '.' && (name.length == 1 || name[1] == '.');
    }

    /** The directory's type numbers are the type bits of the mode, shifted; 0 is unknown. */
    private static FileType type(byte number) {
        return number == 0 ? null : FileType.ofMode(number << 12);
    }
}
