package org.cranny.engine.exclude;

import java.util.BitSet;

/** One step of a {@link Glob}. */
sealed interface Token {
    /** Exactly this octet. */
    record Octet(byte octet) implements Token {}

    /** One octet of a set, never a slash. */
    record OneOf(BitSet set) implements Token {}

    /** {@code *}: any octets but slashes, also none. */
    enum Wild implements Token {
        STAR,
        /** {@code **} with a slash behind it: any number of whole folders, also none. */
        FOLDERS,
        /** {@code **} at the end: all that is left. */
        REST
    }
}
