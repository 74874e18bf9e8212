package org.cranny.engine.segment;

import java.util.Locale;
import org.cranny.protocol.policy.Policy;

/**
 * What a source does to its segments before sealing.
 *
 * @param level the codec's own scale: zstd 1 to 19, xz 0 to 9; the others have none
 */
public record Compression(Codec codec, int level) {
    /** The best ratio that keeps up with one disk and one core. */
    public static final Compression USUAL = new Compression(Codec.ZSTD, 3);

    public static final Compression NONE = new Compression(Codec.NONE, 0);
    public static final Compression LZ4 = new Compression(Codec.LZ4, 0);
    public static final Compression XZ = new Compression(Codec.XZ, 6);

    public Compression {
        int lowest = codec == Codec.ZSTD ? 1 : 0;
        int highest =
                switch (codec) {
                    case ZSTD -> 19;
                    case XZ -> 9;
                    case NONE, LZ4 -> 0;
                };
        if (level < lowest || level > highest) {
            throw new IllegalArgumentException(codec + " has levels " + lowest + " to " + highest + ", not " + level);
        }
    }

    /** With the level that is worth its time. */
    public static Compression usual(Codec codec) {
        return switch (codec) {
            case ZSTD -> USUAL;
            case XZ -> XZ;
            case LZ4 -> LZ4;
            case NONE -> NONE;
        };
    }

    /** As a policy wants it. @param wanted null for the usual one */
    public static Compression of(Policy.Compression wanted) {
        if (wanted == null) {
            return USUAL;
        }
        Codec codec = wanted.codec() == null
                ? Codec.ZSTD
                : Codec.valueOf(wanted.codec().toUpperCase(Locale.ROOT));
        return wanted.level() == null ? usual(codec) : new Compression(codec, wanted.level());
    }
}
