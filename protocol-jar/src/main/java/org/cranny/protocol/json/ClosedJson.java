package org.cranny.protocol.json;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.cranny.protocol.octets.MalformedException;

/**
 * JSON in which every bracket is closed. The parser that comes with Java servers passes over members that it does not know
 * until they end, and never stops when the text stops first (eclipse-ee4j/parsson#23); so nothing that came from somewhere
 * else is bound to a record before it was here. What is wrong with it otherwise, the parser says.
 */
public final class ClosedJson {
    /** Brackets in each other; nothing that is sent comes near. */
    public static final int DEEPEST = 64;

    private ClosedJson() {}

    /**
     * Whether a body is JSON that a library binds or parses. Whoever asks for octets looks at them.
     *
     * @param subtype of its media type
     * @param type that it becomes
     */
    public static boolean isBound(String subtype, Class<?> type) {
        return (subtype.equals("json") || subtype.endsWith("+json"))
                && type != byte[].class
                && type != InputStream.class;
    }

    /** The text, of octets in UTF-8. @throws MalformedException as {@link #require} */
    public static String text(byte[] octets) throws MalformedException {
        return require(new String(octets, StandardCharsets.UTF_8));
    }

    /** The same text. @throws MalformedException when brackets do not close each other, or are deeper than {@link #DEEPEST} */
    public static String require(String text) throws MalformedException {
        char[] open = new char[DEEPEST];
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            if (sign == '"') {
                i = endOfString(text, i);
            } else if (sign == '{' || sign == '[') {
                if (depth == DEEPEST) {
                    throw new MalformedException("its brackets are deeper than " + DEEPEST);
                }
                open[depth++] = sign;
            } else if (sign == '}' || sign == ']') {
                if (depth == 0 || open[--depth] != (sign == '}' ? '{' : '[')) {
                    throw new MalformedException("a bracket closes none");
                }
            }
        }
        if (depth > 0) {
            throw new MalformedException("it ends within brackets");
        }
        return text;
    }

    private static int endOfString(String text, int begin) throws MalformedException {
        for (int i = begin + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i;
            }
        }
        throw new MalformedException("it ends within a string");
    }
}
