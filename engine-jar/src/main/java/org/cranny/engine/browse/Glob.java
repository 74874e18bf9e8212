package org.cranny.engine.browse;

/**
 * A pattern for one name, in octets: {@code *} any octets, {@code ?} any one, everything else itself; a backslash takes
 * the meaning from what follows. Matching takes time in the product of both lengths at most.
 */
public final class Glob {
    private final byte[] pattern;
    private final boolean[] plain;

    public Glob(byte[] text) {
        byte[] octets = new byte[text.length];
        boolean[] literal = new boolean[text.length];
        int count = 0;
        for (int i = 0; i < text.length; i++) {
            boolean escaped = text[i] == '\\' && i + 1 < text.length;
            if (escaped) {
                i++;
            }
            octets[count] = text[i];
            literal[count++] = escaped || (text[i] != '*' && text[i] != '?');
        }
        pattern = java.util.Arrays.copyOf(octets, count);
        plain = java.util.Arrays.copyOf(literal, count);
    }

    public boolean matches(byte[] name) {
        int at = 0;
        int star = -1;
        int resume = 0;
        int i = 0;
        while (i < name.length) {
            if (at < pattern.length && isStar(at)) {
                star = at++;
                resume = i;
            } else if (at < pattern.length && (plain[at] ? pattern[at] == name[i] : true)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length && isStar(at)) {
            at++;
        }
        return at == pattern.length;
    }

    private boolean isStar(int at) {
        return !plain[at] && pattern[at] == '*';
    }
}
