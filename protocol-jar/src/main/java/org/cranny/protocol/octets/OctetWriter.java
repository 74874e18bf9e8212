package org.cranny.protocol.octets;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the numbers and byte strings of {@code docs/format/README.md} into memory, in order.
 * Numbers are big-endian; a varint is unsigned LEB128.
 */
public final class OctetWriter {
    private final ByteArrayOutputStream out;

    public OctetWriter() {
        this(256);
    }

    public OctetWriter(int expectedOctets) {
        out = new ByteArrayOutputStream(expectedOctets);
    }

    public OctetWriter u8(int value) {
        out.write(value);
        return this;
    }

    public OctetWriter u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    public OctetWriter u32(long value) {
        return u16((int) (value >>> 16)).u16((int) value);
    }

    public OctetWriter u64(long value) {
        return u32(value >>> 32).u32(value);
    }

    /** Appends a number from 0 to 2^63-1 in one to nine octets. */
    public OctetWriter varint(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a varint is never negative: " + value);
        }
        long rest = value;
        while (rest >= 0x80) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    public OctetWriter raw(byte[] octets) {
        out.write(octets, 0, octets.length);
        return this;
    }

    /** Appends a varint length and then the octets. */
    public OctetWriter bytes(byte[] octets) {
        return varint(octets.length).raw(octets);
    }

    public OctetWriter text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public int size() {
        return out.size();
    }

    public byte[] toByteArray() {
        return out.toByteArray();
    }
}
