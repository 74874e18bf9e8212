package org.cranny.protocol.readers;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Octets that a stranger changed. */
final class Mutations {
    private static final int MOST = 4;
    private static final byte[][] EDGES = {
        {0},
        {1},
        {-1},
        {127},
        {-128},
        {0, 0, 0, 0},
        {-1, -1, -1, -1},
        {127, -1, -1, -1, -1, -1, -1, -1},
        {-128, 0, 0, 0, 0, 0, 0, 0},
        {-1, -1, -1, -1, -1, -1, -1, -1},
        {-1, -1, -1, -1, -1, -1, -1, -1, 127},
        Texts.octets("9999999999999999"),
        Texts.octets("-1"),
        Texts.octets("1.5"),
        Texts.octets("null"),
        Texts.octets("[[[[[[[["),
        Texts.octets("\n"),
        Texts.octets(" "),
        Texts.octets("\\")
    };

    private final Random random;

    Mutations(long seed) {
        random = new Random(seed);
    }

    /** Some of: a bit flipped, an octet set, cut off, an edge case put in, a piece said twice or left out. */
    byte[] of(List<byte[]> seeds) {
        byte[] octets = seeds.get(random.nextInt(seeds.size())).clone();
        for (int times = 1 + random.nextInt(MOST); times > 0 && octets.length > 0; times--) {
            int at = random.nextInt(octets.length);
            byte[] edge = EDGES[random.nextInt(EDGES.length)];
            switch (random.nextInt(6)) {
                case 0 -> octets[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                case 1 -> octets[at] = (byte) random.nextInt();
                case 2 -> octets = random.nextInt(MOST) == 0 ? Arrays.copyOf(octets, at) : octets;
                case 3 -> System.arraycopy(edge, 0, octets, at, Math.min(edge.length, octets.length - at));
                case 4 -> octets = spliced(octets, at, Arrays.copyOfRange(octets, at / 2, at), at);
                default -> octets = spliced(octets, at, edge, Math.min(octets.length, at + random.nextInt(9)));
            }
        }
        return octets;
    }

    private static byte[] spliced(byte[] octets, int at, byte[] piece, int from) {
        return Texts.join(Arrays.copyOf(octets, at), piece, Arrays.copyOfRange(octets, from, octets.length));
    }
}
