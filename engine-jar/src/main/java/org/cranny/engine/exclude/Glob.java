package org.cranny.engine.exclude;

import java.util.List;
import org.cranny.engine.exclude.Token.Wild;

/**
 * Compares octets with a pattern of gitignore(5). Time is bounded by the product of both lengths, whatever the pattern:
 * a star never has to be tried again once a later one has begun, because neither crosses a slash.
 */
final class Glob {
    private final Token[] tokens;
    private final byte[] ending;

    private Glob(Token[] tokens) {
        this.tokens = tokens;
        ending = ending(tokens);
    }

    /** Null when the pattern is invalid, and so never matches. */
    static Glob of(byte[] pattern) {
        List<Token> tokens = GlobReader.read(pattern);
        return tokens == null ? null : new Glob(tokens.toArray(Token[]::new));
    }

    /** Whether it fits all octets from here to there. */
    boolean fits(byte[] text, int from, int to) {
        return ending == null ? search(text, from, to) : endsSo(text, from, to);
    }

    private boolean search(byte[] text, int from, int to) {
        int token = 0;
        int at = from;
        int star = -1;
        int starAt = from;
        int folders = -1;
        int foldersAt = from;
        while (true) {
            Token next = token < tokens.length ? tokens[token] : null;
            if (next == Wild.REST || next == null && at == to) {
                return true;
            }
            if (next == Wild.STAR) {
                star = ++token;
                starAt = at;
            } else if (next == Wild.FOLDERS) {
                folders = ++token;
                foldersAt = at;
                star = -1;
            } else if (next != null && at < to && takes(next, text[at])) {
                token++;
                at++;
            } else if (star >= 0 && starAt < to && text[starAt] != '/') {
                token = star;
                at = ++starAt;
            } else {
                foldersAt = folders < 0 ? -1 : afterSlash(text, foldersAt, to);
                if (foldersAt < 0) {
                    return false;
                }
                token = folders;
                at = foldersAt;
                star = -1;
            }
        }
    }

    private static boolean takes(Token token, byte octet) {
        return token instanceof Token.Octet one
                ? one.octet() == octet
                : ((Token.OneOf) token).set().get(octet & 0xff);
    }

    private static int afterSlash(byte[] text, int from, int to) {
        for (int at = from; at < to; at++) {
            if (text[at] == '/') {
                return at + 1;
            }
        }
        return -1;
    }

    /** One star and then plain octets, which is what most patterns are. */
    private static byte[] ending(Token[] tokens) {
        if (tokens.length < 2 || tokens[0] != Wild.STAR) {
            return null;
        }
        byte[] ending = new byte[tokens.length - 1];
        for (int i = 1; i < tokens.length; i++) {
            if (!(tokens[i] instanceof Token.Octet octet) || octet.octet() == '/') {
                return null;
            }
            ending[i - 1] = octet.octet();
        }
        return ending;
    }

    private boolean endsSo(byte[] text, int from, int to) {
        int start = to - ending.length;
        if (start < from) {
            return false;
        }
        for (int i = 0; i < ending.length; i++) {
            if (text[start + i] != ending[i]) {
                return false;
            }
        }
        for (int at = from; at < start; at++) {
            if (text[at] == '/') {
                return false;
            }
        }
        return true;
    }
}
