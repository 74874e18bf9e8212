package org.cranny.engine.keys;

import java.nio.ByteBuffer;

/** Positive numbers below 2^31 as unsigned LEB128, shortest form only. */
final class GenerationNumbers {
    static final int MAX_LENGTH = 5;

    private GenerationNumbers() {}

    static void write(ByteBuffer out, int number) {
        int rest = number;
        while (rest > 0x7F) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    static int read(ByteBuffer in) throws KeysUnreadableException {
        return readAbove(in, 0);
    }

    static int readAbove(ByteBuffer in, int previous) throws KeysUnreadableException {
        long number = 0;
        for (int shift = 0; shift < 7 * MAX_LENGTH && in.hasRemaining(); shift += 7) {
            byte octet = in.get();
            number |= (octet & 0x7FL) << shift;
            if (octet >= 0) {
                return checked(number, previous, shift > 0 && octet == 0);
            }
        }
        throw new KeysUnreadableException("a number among the keys does not end");
    }

    private static int checked(long number, int previous, boolean padded) throws KeysUnreadableException {
        if (padded || number <= previous || number > Integer.MAX_VALUE) {
            throw new KeysUnreadableException("the generations of the keys do not rise");
        }
        return (int) number;
    }
}
