package org.cranny.engine.exclude;

import java.util.BitSet;
import java.util.Map;
import java.util.function.IntPredicate;

/** The named classes of POSIX, for ASCII: a name has no locale. */
final class Octets {
    private static final Map<String, IntPredicate> CLASSES = Map.ofEntries(
            Map.entry("alnum", c -> isAlpha(c) || isDigit(c)),
            Map.entry("alpha", Octets::isAlpha),
            Map.entry("blank", c -> c == ' ' || c == '\t'),
            Map.entry("cntrl", c -> c < ' ' || c == 127),
            Map.entry("digit", Octets::isDigit),
            Map.entry("graph", c -> c > ' ' && c < 127),
            Map.entry("lower", c -> c >= 'a' && c <= 'z'),
            Map.entry("print", c -> c >= ' ' && c < 127),
            Map.entry("punct", c -> c > ' ' && c < 127 && !isAlpha(c) && !isDigit(c)),
            Map.entry("space", c -> c == ' ' || c >= '\t' && c <= '\r'),
            Map.entry("upper", c -> c >= 'A' && c <= 'Z'),
            Map.entry("xdigit", c -> isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'));

    private Octets() {}

    /** Adds a class; whether there is one of this name. */
    static boolean add(BitSet set, String name) {
        IntPredicate members = CLASSES.get(name);
        for (int octet = 0; members != null && octet < 128; octet++) {
            if (members.test(octet)) {
                set.set(octet);
            }
        }
        return members != null;
    }

    private static boolean isAlpha(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
