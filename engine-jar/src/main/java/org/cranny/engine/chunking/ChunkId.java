package org.cranny.engine.chunking;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Names a chunk by its content: equal chunks of one source have equal ids, and nobody without the source's dedup key
 * can compute one.
 *
 * <p>32 octets, ordered as unsigned bytes, written as 64 lower-case hexadecimal digits.
 */
public final class ChunkId implements Comparable<ChunkId> {
    public static final int LENGTH = 32;

    private final long a;
    private final long b;
    private final long c;
    private final long d;

    private ChunkId(long a, long b, long c, long d) {
        this.a = a;
        this.b = b;
        this.c = c;
        this.d = d;
    }

    /** The id made of exactly these 32 octets. */
    public static ChunkId of(byte[] octets) {
        if (octets.length != LENGTH) {
            throw new IllegalArgumentException("a chunk id has 32 octets, not " + octets.length);
        }
        return read(ByteBuffer.wrap(octets));
    }

    /** Takes the next 32 octets of a big-endian buffer. */
    public static ChunkId read(ByteBuffer from) {
        return new ChunkId(from.getLong(), from.getLong(), from.getLong(), from.getLong());
    }

    /** Puts the 32 octets into a big-endian buffer. */
    public void write(ByteBuffer to) {
        to.putLong(a).putLong(b).putLong(c).putLong(d);
    }

    /** A fresh copy of the 32 octets. */
    public byte[] bytes() {
        ByteBuffer octets = ByteBuffer.allocate(LENGTH);
        write(octets);
        return octets.array();
    }

    /** The octets 8 × {@code index} to 8 × {@code index} + 7 as one big-endian number, for hash tables and filters. */
    public long word(int index) {
        return switch (index) {
            case 0 -> a;
            case 1 -> b;
            case 2 -> c;
            case 3 -> d;
            default -> throw new IndexOutOfBoundsException(index);
        };
    }

    @Override
    public int compareTo(ChunkId other) {
        int order = Long.compareUnsigned(a, other.a);
        if (order == 0) {
            order = Long.compareUnsigned(b, other.b);
        }
        if (order == 0) {
            order = Long.compareUnsigned(c, other.c);
        }
        return order != 0 ? order : Long.compareUnsigned(d, other.d);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChunkId that && a == that.a && b == that.b && c == that.c && d == that.d;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(a);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
