package org.cranny.engine.exclude;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Reads a pattern into tokens; a pattern that gitignore calls invalid gives none, because it never matches. */
final class GlobReader {
    private static final int OCTETS = 256;

    private final byte[] pattern;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private boolean invalid;

    private GlobReader(byte[] pattern) {
        this.pattern = pattern;
    }

    /** The tokens, or null when the pattern can never match. */
    static List<Token> read(byte[] pattern) {
        GlobReader reader = new GlobReader(pattern);
        while (reader.at < pattern.length && !reader.invalid) {
            reader.next();
        }
        return reader.invalid ? null : reader.tokens;
    }

    private void next() {
        byte octet = pattern[at++];
        switch (octet) {
            case '*' -> stars();
            case '?' -> tokens.add(new Token.OneOf(allButSlash()));
            case '[' -> set();
            case '\\' -> escaped();
            default -> tokens.add(new Token.Octet(octet));
        }
    }

    private void escaped() {
        if (at == pattern.length) {
            invalid = true;
        } else {
            tokens.add(new Token.Octet(pattern[at++]));
        }
    }

    private void stars() {
        int first = at - 1;
        while (at < pattern.length && pattern[at] == '*') {
            at++;
        }
        boolean several = at - first > 1;
        boolean begins = first == 0 || pattern[first - 1] == '/';
        if (several && begins && at == pattern.length) {
            tokens.add(Token.Wild.REST);
        } else if (several && begins && pattern[at] == '/') {
            at++;
            tokens.add(Token.Wild.FOLDERS);
        } else {
            tokens.add(Token.Wild.STAR);
        }
    }

    private void set() {
        boolean negated = at < pattern.length && (pattern[at] == '!' || pattern[at] == '^');
        if (negated) {
            at++;
        }
        BitSet set = new BitSet(OCTETS);
        boolean empty = true;
        while (at < pattern.length && (pattern[at] != ']' || empty)) {
            member(set);
            empty = false;
        }
        if (at == pattern.length) {
            invalid = true;
            return;
        }
        at++;
        if (negated) {
            set.flip(0, OCTETS);
        }
        set.clear('/');
        tokens.add(new Token.OneOf(set));
    }

    private void member(BitSet set) {
        if (isClass()) {
            int end = classEnd();
            String name = new String(pattern, at + 2, end - at - 2, java.nio.charset.StandardCharsets.ISO_8859_1);
            invalid |= !Octets.add(set, name);
            at = end + 2;
            return;
        }
        int from = one();
        boolean range = at + 1 < pattern.length && pattern[at] == '-' && pattern[at + 1] != ']';
        if (range) {
            at++;
            int to = one();
            if (from <= to) {
                set.set(from, to + 1);
            }
        } else {
            set.set(from);
        }
    }

    private int one() {
        if (pattern[at] == '\\') {
            at++;
        }
        if (at == pattern.length) {
            invalid = true;
            return 0;
        }
        return pattern[at++] & 0xff;
    }

    private boolean isClass() {
        return pattern[at] == '[' && at + 1 < pattern.length && pattern[at + 1] == ':' && classEnd() > 0;
    }

    private int classEnd() {
        for (int end = at + 2; end + 1 < pattern.length && pattern[end] != ']'; end++) {
            if (pattern[end] == ':' && pattern[end + 1] == ']') {
                return end;
            }
        }
        return -1;
    }

    private static BitSet allButSlash() {
        BitSet set = new BitSet(OCTETS);
        set.set(0, OCTETS);
        set.clear('/');
        return set;
    }
}
