package org.cranny.engine.backup;

import org.cranny.engine.posix.Stat;

/**
 * 64 bits that change when anything about a directory entry changes that the kernel notices: name, type, mode, owner,
 * size, times, inode. Not a secret and not cryptographic; it stays on this machine.
 */
final class StatHash {
    /** Never equal to any entry's hash: the entry is looked at again next time. */
    static final long NEVER = 0;

    /** A file written again within one tick of the clock keeps its ctime, so the youngest are never trusted. */
    private static final long YOUNG_NANOS = 2_000_000_000L;

    private StatHash() {}

    /** @param nowNanos wall clock, nanoseconds since 1970, read before the entry was looked at */
    static long of(byte[] name, Stat stat, long nowNanos) {
        if (stat.ctimeSeconds() * 1_000_000_000L + stat.ctimeNanos() > nowNanos - YOUNG_NANOS) {
            return NEVER;
        }
        return settled(name, stat);
    }

    private static long settled(byte[] name, Stat stat) {
        long hash = 0x9E3779B97F4A7C15L;
        for (byte octet : name) {
            hash = (hash ^ (octet & 0xff)) * 0x100000001B3L;
        }
        hash = mix(hash, stat.inode());
        hash = mix(hash, stat.device());
        hash = mix(hash, stat.size());
        hash = mix(hash, stat.ctimeSeconds() << 30 ^ stat.ctimeNanos());
        hash = mix(hash, stat.mtimeSeconds() << 30 ^ stat.mtimeNanos());
        hash = mix(hash, (long) stat.type().modeBits() << 16 ^ stat.mode());
        hash = mix(hash, stat.uid() << 32 ^ stat.gid());
        hash = mix(hash, stat.rdevMajor() << 32 ^ stat.rdevMinor());
        return hash == NEVER ? 1 : hash;
    }

    static long mix(long hash, long value) {
        long mixed = (hash ^ value) * 0xBF58476D1CE4E5B9L;
        mixed ^= mixed >>> 29;
        mixed *= 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 32;
    }
}
