package org.cranny.engine.segment;

import java.util.Optional;

/** How a segment is compressed. Source of the numbers: {@code docs/format/pack.md}. */
public enum Codec {
    NONE(0),
    ZSTD(1),
    /** The LZ4 frame format. */
    LZ4(2),
    XZ(3);

    private final int code;

    Codec(int code) {
        this.code = code;
    }

    /** The octet that stands for the codec in a footer. */
    public int code() {
        return code;
    }

    /** The codec with this octet, or empty for an octet that stands for none. */
    public static Optional<Codec> ofCode(int code) {
        return switch (code) {
            case 0 -> Optional.of(NONE);
            case 1 -> Optional.of(ZSTD);
            case 2 -> Optional.of(LZ4);
            case 3 -> Optional.of(XZ);
            default -> Optional.empty();
        };
    }
}
