package org.cranny.engine.pack;

import org.cranny.engine.sealing.Frames;

/** How many zeros make a pack a multiple of 128 KiB, so that its length says little. */
final class Padding {
    static final int MULTIPLE = 128 << 10;

    private Padding() {}

    /** The fewest zeros whose sealed section ends where only the trailer is missing to the next multiple. */
    static int length(long before) {
        long end = roundUp(before + Frames.TAG + Trailer.SEALED);
        long zeros = Frames.plainLength(end - Trailer.SEALED - before);
        while (zeros < 0) {
            end += MULTIPLE;
            zeros = Frames.plainLength(end - Trailer.SEALED - before);
        }
        return (int) zeros;
    }

    private static long roundUp(long length) {
        return (length + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
    }
}
