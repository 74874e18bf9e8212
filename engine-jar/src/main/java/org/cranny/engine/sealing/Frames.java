package org.cranny.engine.sealing;

/**
 * How long a section is before and after sealing.
 *
 * <p>Frames carry 16,384 octets of plaintext, the last one 1 to 16,384, an empty section one frame of 0; each adds a tag
 * of 16 octets. Source of the rule: {@code docs/format/pack.md}.
 */
public final class Frames {
    public static final int PLAIN = 16_384;
    public static final int TAG = 16;
    public static final int SEALED = PLAIN + TAG;

    private Frames() {}

    /** The number of frames of a section with so many octets of plaintext. */
    public static long count(long plainLength) {
        return plainLength <= PLAIN ? 1 : (plainLength - 1) / PLAIN + 1;
    }

    /** The octets that a section takes in the pack. */
    public static long sealedLength(long plainLength) {
        return plainLength + TAG * count(plainLength);
    }

    /** The octets of plaintext in a section that takes so many in the pack, or -1 when no section is that long. */
    public static long plainLength(long sealedLength) {
        long frames = sealedLength <= SEALED ? 1 : (sealedLength - 1) / SEALED + 1;
        long plain = sealedLength - TAG * frames;
        return plain >= 0 && sealedLength(plain) == sealedLength ? plain : -1;
    }
}
