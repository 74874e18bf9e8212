package org.cranny.engine.keys;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Names the source that sealed something, so that no pack is ever taken for another source's.
 *
 * <p>16 octets: realm id, then system id ({@code docs/format/README.md}).
 */
public final class SourceTag {
    public static final int LENGTH = 16;

    private final byte[] octets;

    private SourceTag(byte[] octets) {
        this.octets = octets;
    }

    /** The tag made of exactly these 16 octets. */
    public static SourceTag of(byte[] octets) {
        if (octets.length != LENGTH) {
            throw new IllegalArgumentException("a source tag has 16 octets, not " + octets.length);
        }
        return new SourceTag(octets.clone());
    }

    /** A fresh copy of the 16 octets. */
    public byte[] bytes() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceTag that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets);
    }
}
