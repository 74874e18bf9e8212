package org.cranny.protocol.octets;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Names of files as text and back. Octets that are not UTF-8, and control characters, become {@code \xNN}; a backslash
 * becomes {@code \\}. Every text stands for exactly one name, and a text never holds a line break.
 * Source of the rule: {@code docs/reference/json.md}.
 */
public final class PathNotation {
    /** Octets of the longest path that the kernel takes. */
    public static final int LONGEST = 4_095;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PathNotation() {}

    public static String of(byte[] name) {
        StringBuilder text = new StringBuilder(name.length + 8);
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(name);
        CharBuffer out = CharBuffer.allocate(name.length);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            out.flip();
            append(text, out);
            out.clear();
            if (!result.isError()) {
                return text.toString();
            }
            for (int i = 0; i < result.length(); i++) {
                escape(text, in.get());
            }
            decoder.reset();
        }
    }

    /** @throws MalformedException when the text is no notation of a name: a control character, half an escape */
    public static byte[] octets(String text) throws MalformedException {
        ByteArrayOutputStream name = new ByteArrayOutputStream(text.length() + 8);
        int plain = 0;
        for (int i = text.indexOf('\\'); i >= 0; i = text.indexOf('\\', plain)) {
            utf8(text.substring(plain, i), name);
            plain = unescape(text, i, name);
        }
        utf8(text.substring(plain), name);
        return name.toByteArray();
    }

    /**
     * Reads an absolute path.
     *
     * @throws MalformedException also when it is relative, holds NUL, {@code .} or {@code ..}, or is too long
     */
    public static byte[] absolute(String text) throws MalformedException {
        byte[] path = octets(text);
        if (path.length == 0 || path[0] != '/') {
            throw new MalformedException("a path begins with a slash");
        }
        if (path.length > LONGEST) {
            throw new MalformedException("a path has at most " + LONGEST + " octets");
        }
        int from = 1;
        for (int i = 1; i <= path.length; i++) {
            if (i == path.length || path[i] == '/') {
                refuseDots(path, from, i);
                from = i + 1;
            } else if (path[i] == 0) {
                throw new MalformedException("a path holds no NUL");
            }
        }
        return path;
    }

    private static void refuseDots(byte[] path, int from, int to) throws MalformedException {
        boolean dots = to > from && to - from <= 2;
        for (int i = from; i < to; i++) {
            dots &= path[i] == '.';
        }
        if (dots) {
            throw new MalformedException("a path has no '.' and no '..'");
        }
    }

    private static int unescape(String text, int at, ByteArrayOutputStream name) throws MalformedException {
        if (text.startsWith("\\\\", at)) {
            name.write('\\');
            return at + 2;
        }
        if (text.startsWith("\\x", at) && at + 4 <= text.length()) {
            try {
                name.write(HexFormat.fromHexDigits(text, at + 2, at + 4));
                return at + 4;
            } catch (IllegalArgumentException e) {
                throw new MalformedException("after \\x stand two hexadecimal digits");
            }
        }
        throw new MalformedException("a backslash is written \\\\, an octet \\xNN");
    }

    private static void utf8(String plain, ByteArrayOutputStream name) throws MalformedException {
        if (plain.chars().anyMatch(Character::isISOControl)) {
            throw new MalformedException("control characters are written \\xNN");
        }
        try {
            ByteBuffer octets = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(plain));
            name.write(octets.array(), octets.arrayOffset(), octets.limit());
        } catch (CharacterCodingException e) {
            throw new MalformedException("it is not Unicode text");
        }
    }

    private static void append(StringBuilder text, CharBuffer decoded) {
        while (decoded.hasRemaining()) {
            char c = decoded.get();
            if (c == '\\') {
                text.append("\\\\");
            } else if (Character.isISOControl(c)) {
                for (byte octet : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
                    escape(text, octet);
                }
            } else {
                text.append(c);
            }
        }
    }

    private static void escape(StringBuilder text, byte octet) {
        HEX.toHexDigits(text.append("\\x"), octet);
    }
}
