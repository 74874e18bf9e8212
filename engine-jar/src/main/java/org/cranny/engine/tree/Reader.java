package org.cranny.engine.tree;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.cranny.engine.chunking.ChunkId;

/** Reads what {@link Writer} wrote, and refuses everything else. Never allocates more than the octets at hand allow. */
final class Reader {
    private final byte[] buffer;
    private int at;

    Reader(byte[] buffer) throws MalformedTreeException {
        this.buffer = buffer;
        require(buffer.length <= TreeLimits.NODE_SIZE, "too large");
    }

    static void require(boolean condition, String otherwise) throws MalformedTreeException {
        if (!condition) {
            throw new MalformedTreeException(otherwise);
        }
    }

    int octet() throws MalformedTreeException {
        require(at < buffer.length, "ends too early");
        return buffer[at++] & 0xff;
    }

    long varint() throws MalformedTreeException {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int octet = octet();
            require(shift < 63 || octet <= 1, "number too large");
            value |= (octet & 0x7fL) << shift;
            if (octet < 0x80) {
                require(octet != 0 || shift == 0, "number longer than needed");
                return value;
            }
        }
    }

    long signed() throws MalformedTreeException {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    /** A number from 0 to {@code limit}. */
    long number(long limit, String what) throws MalformedTreeException {
        long value = varint();
        if (value < 0 || value > limit) {
            throw new MalformedTreeException(what + " out of range");
        }
        return value;
    }

    /** How many items follow: not more than the limit, nor than fit into the octets that are left. */
    int count(int limit, int smallestItem, String what) throws MalformedTreeException {
        long count = number(limit, what);
        if (count * smallestItem > buffer.length - at) {
            throw new MalformedTreeException("more " + what + " than octets");
        }
        return (int) count;
    }

    long eight() throws MalformedTreeException {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | octet();
        }
        return value;
    }

    byte[] bytes(int limit, String what) throws MalformedTreeException {
        return raw(count(limit, 1, what));
    }

    String text(int limit, String what) throws MalformedTreeException {
        byte[] octets = bytes(limit, what);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new MalformedTreeException(what + " is not UTF-8");
        }
    }

    ChunkId id() throws MalformedTreeException {
        return ChunkId.of(raw(ChunkId.LENGTH));
    }

    private byte[] raw(int count) throws MalformedTreeException {
        require(buffer.length - at >= count, "ends too early");
        at += count;
        return Arrays.copyOfRange(buffer, at - count, at);
    }

    void end() throws MalformedTreeException {
        require(at == buffer.length, "octets after the end");
    }
}
