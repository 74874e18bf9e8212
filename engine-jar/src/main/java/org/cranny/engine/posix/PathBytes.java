package org.cranny.engine.posix;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Paths as the octets that the kernel knows, whatever the locale of this process.
 * A {@link Path} keeps raw octets as long as nobody turns it into a String; its URI shows them percent-encoded.
 */
public final class PathBytes {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PathBytes() {}

    /** The absolute path as raw octets, without a slash at the end (the root itself is one slash). */
    public static byte[] of(Path path) {
        String raw = path.toAbsolutePath().toUri().getRawPath();
        ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                out.write(HexFormat.fromHexDigits(raw, i + 1, i + 3));
                i += 2;
            } else {
                out.write(c);
            }
        }
        byte[] bytes = out.toByteArray();
        boolean slashAtEnd = bytes.length > 1 && bytes[bytes.length - 1] == '/';
        return slashAtEnd ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    /** The path with these raw octets, which must be absolute. */
    public static Path toPath(byte[] absolute) {
        if (absolute.length == 0 || absolute[0] != '/') {
            throw new IllegalArgumentException("not an absolute path: " + printable(absolute));
        }
        StringBuilder uri = new StringBuilder("file://");
        for (byte octet : absolute) {
            if (isPlain(octet)) {
                uri.append((char) octet);
            } else {
                HEX.toHexDigits(uri.append('%'), octet);
            }
        }
        return Path.of(URI.create(uri.toString()));
    }

    private static boolean isPlain(byte octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || octet == '/'
                || octet == '-'
                || octet == '_'
                || octet == '.';
    }

    /** The path with one more component. An empty directory gives the name alone. */
    public static byte[] join(byte[] directory, byte[] name) {
        if (directory.length == 0) {
            return name;
        }
        int slash = directory[directory.length - 1] == '/' ? 0 : 1;
        byte[] joined = Arrays.copyOf(directory, directory.length + slash + name.length);
        joined[joined.length - name.length - 1] = '/';
        System.arraycopy(name, 0, joined, joined.length - name.length, name.length);
        return joined;
    }

    /** For messages: UTF-8 as it is, anything else and all control characters as {@code \xHH}. */
    public static String printable(byte[] path) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(path))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            text = new String(path, StandardCharsets.ISO_8859_1);
            return escape(text, 0x7f);
        }
        return escape(text, Character.MAX_VALUE);
    }

    private static String escape(String text, int limit) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c >= limit) {
                HEX.toHexDigits(out.append("\\x"), (byte) c);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
