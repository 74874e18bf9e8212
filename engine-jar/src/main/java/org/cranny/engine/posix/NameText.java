package org.cranny.engine.posix;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * File names as text and back. Octets that are not UTF-8, and control characters, become {@code \xNN}; a backslash
 * becomes {@code \\}, so that every text stands for one name only.
 */
public final class NameText {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private NameText() {}

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
                HEX.toHexDigits(text.append("\\x"), in.get());
            }
            decoder.reset();
        }
    }

    private static void append(StringBuilder text, CharBuffer decoded) {
        while (decoded.hasRemaining()) {
            char c = decoded.get();
            if (c == '\\') {
                text.append("\\\\");
            } else if (Character.isISOControl(c)) {
                for (byte octet : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
                    HEX.toHexDigits(text.append("\\x"), octet);
                }
            } else {
                text.append(c);
            }
        }
    }

    /** @throws IllegalArgumentException when a backslash is followed by anything but a backslash or {@code xNN} */
    public static byte[] parse(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c != '\\') {
                out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(c);
            } else if (text.startsWith("\\\\", i)) {
                out.write('\\');
                i += 2;
            } else if (text.startsWith("\\x", i) && isHex(text, i + 2)) {
                out.write(HexFormat.fromHexDigits(text, i + 2, i + 4));
                i += 4;
            } else {
                throw new IllegalArgumentException(
                        "a backslash in a name stands as \\\\, an octet as \\xNN; see position " + i);
            }
        }
        return out.toByteArray();
    }

    private static boolean isHex(String text, int from) {
        return text.length() >= from + 2
                && HexFormat.isHexDigit(text.charAt(from))
                && HexFormat.isHexDigit(text.charAt(from + 1));
    }
}
