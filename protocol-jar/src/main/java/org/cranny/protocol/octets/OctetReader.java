package org.cranny.protocol.octets;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Reads what {@link OctetWriter} wrote, from any octets at all: every answer is within bounds, and no length is
 * believed before that many octets are there.
 */
public final class OctetReader {
    private static final long LAST_SECOND = 253_402_300_799L;

    private final ByteBuffer in;

    public OctetReader(byte[] octets) {
        this(octets, 0, octets.length);
    }

    public OctetReader(byte[] octets, int offset, int length) {
        in = ByteBuffer.wrap(octets, offset, length);
    }

    /** Reads a magic of eight octets and refuses any other. */
    public OctetReader expect(byte[] magic) throws MalformedException {
        if (!Arrays.equals(raw(magic.length), magic)) {
            throw new MalformedException("it does not begin with " + new String(magic, StandardCharsets.ISO_8859_1));
        }
        return this;
    }

    public int u8() throws MalformedException {
        need(1);
        return in.get() & 0xff;
    }

    public int u16() throws MalformedException {
        need(2);
        return in.getShort() & 0xffff;
    }

    public long u32() throws MalformedException {
        need(4);
        return in.getInt() & 0xffffffffL;
    }

    public long u64() throws MalformedException {
        need(8);
        return in.getLong();
    }

    /** A time as seconds since 1970, up to the year 9999. */
    public Instant time() throws MalformedException {
        long seconds = u64();
        if (seconds < 0 || seconds > LAST_SECOND) {
            throw new MalformedException("a time that no calendar has");
        }
        return Instant.ofEpochSecond(seconds);
    }

    public long varint() throws MalformedException {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int octet = u8();
            value |= (long) (octet & 0x7f) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw new MalformedException("a number is longer than nine octets");
    }

    /** Reads a varint that counts items of at least {@code smallestItem} octets each, all of them still to come. */
    public int count(int smallestItem) throws MalformedException {
        long count = varint();
        if (count > in.remaining() / Math.max(1, smallestItem)) {
            throw new MalformedException("it announces " + count + " items in " + in.remaining() + " octets");
        }
        return (int) count;
    }

    public byte[] raw(int length) throws MalformedException {
        need(length);
        byte[] octets = new byte[length];
        in.get(octets);
        return octets;
    }

    public byte[] bytes() throws MalformedException {
        return raw(count(1));
    }

    public String text() throws MalformedException {
        byte[] octets = bytes();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("a text is not UTF-8");
        }
    }

    public int remaining() {
        return in.remaining();
    }

    /** Refuses octets after the last field. */
    public void end() throws MalformedException {
        if (in.hasRemaining()) {
            throw new MalformedException(in.remaining() + " octets follow the end");
        }
    }

    private void need(int length) throws MalformedException {
        if (length < 0 || in.remaining() < length) {
            throw new MalformedException("it ends " + (length - in.remaining()) + " octets too early");
        }
    }
}
