package org.cranny.engine.posix;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Names and numbers of this machine's users and groups, whatever directory service they come from.
 * Every answer is kept for the life of this object, "unknown" too. Safe for many threads.
 */
public final class Accounts {
    private static final int UID_OFFSET = 16;
    private static final int LONGEST_NAME = 255;

    private final ConcurrentMap<Long, Optional<String>> users = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, Optional<String>> groups = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, OptionalLong> uids = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, OptionalLong> gids = new ConcurrentHashMap<>();

    Accounts() {}

    /** The user's name, or an empty string when nobody here has this number. */
    public String user(long uid) {
        return users.computeIfAbsent(uid, id -> name(Libc::getpwuid_r, id)).orElse("");
    }

    /** The group's name, or an empty string when no group here has this number. */
    public String group(long gid) {
        return groups.computeIfAbsent(gid, id -> name(Libc::getgrgid_r, id)).orElse("");
    }

    public OptionalLong uid(String user) {
        return uids.computeIfAbsent(user, name -> number(Libc::getpwnam_r, name));
    }

    public OptionalLong gid(String group) {
        return gids.computeIfAbsent(group, name -> number(Libc::getgrnam_r, name));
    }

    private interface ByNumber {
        int look(int number, long account, long buffer, long size, long result);
    }

    private interface ByName {
        int look(long name, long account, long buffer, long size, long result);
    }

    /** Both structures begin with the name's address, and have their number after two addresses. */
    private static Optional<String> name(ByNumber lookup, long number) {
        Scratch scratch = Scratch.ofThread();
        long result = scratch.record() + Scratch.RECORD_SIZE - Long.BYTES;
        int error = lookup.look((int) number, scratch.record(), scratch.data(), Scratch.DATA_SIZE, result);
        if (error != 0 || isAbsent(scratch)) {
            return Optional.empty();
        }
        Pointer name = new Pointer(scratch.memory.getLong(scratch.recordAt(0)));
        long length = name.indexOf(0, (byte) 0);
        return length > LONGEST_NAME ? Optional.empty() : utf8(name.getByteArray(0, (int) length));
    }

    private static OptionalLong number(ByName lookup, String name) {
        Scratch scratch = Scratch.ofThread();
        long result = scratch.record() + Scratch.RECORD_SIZE - Long.BYTES;
        try {
            long path = scratch.path(name.getBytes(StandardCharsets.UTF_8));
            int error = lookup.look(path, scratch.record(), scratch.data(), Scratch.DATA_SIZE, result);
            return error != 0 || isAbsent(scratch)
                    ? OptionalLong.empty()
                    : OptionalLong.of(Integer.toUnsignedLong(scratch.memory.getInt(scratch.recordAt(UID_OFFSET))));
        } catch (PosixException noSuchNameIsPossible) {
            return OptionalLong.empty();
        }
    }

    private static boolean isAbsent(Scratch scratch) {
        return scratch.memory.getLong(scratch.recordAt(Scratch.RECORD_SIZE - Long.BYTES)) == 0;
    }

    private static Optional<String> utf8(byte[] name) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name))
                    .toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }
}
