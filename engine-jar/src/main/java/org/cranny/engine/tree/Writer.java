package org.cranny.engine.tree;

import java.util.Arrays;
import org.cranny.engine.chunking.ChunkId;

/** Writes the numbers and octets of the format, front to back. */
final class Writer {
    private byte[] buffer = new byte[1024];
    private int length;

    int length() {
        return length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }

    Writer octet(int value) {
        room(1);
        buffer[length++] = (byte) value;
        return this;
    }

    /** Unsigned LEB128: seven bits an octet, the lowest first, the top bit set on all but the last. */
    Writer varint(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            buffer[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[length++] = (byte) rest;
        return this;
    }

    /** A number with a sign: 0, -1, 1, -2 … become 0, 1, 2, 3 … */
    Writer signed(long value) {
        return varint(value << 1 ^ value >> 63);
    }

    Writer eight(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            octet((int) (value >>> shift));
        }
        return this;
    }

    Writer bytes(byte[] value) {
        return varint(value.length).raw(value, 0, value.length);
    }

    Writer raw(byte[] value, int from, int count) {
        room(count);
        System.arraycopy(value, from, buffer, length, count);
        length += count;
        return this;
    }

    Writer id(ChunkId id) {
        return raw(id.bytes(), 0, ChunkId.LENGTH);
    }

    private void room(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }
}
