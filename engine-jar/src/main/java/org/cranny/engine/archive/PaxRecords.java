package org.cranny.engine.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Records of a PAX extended header (POSIX.1-2001): {@code LENGTH KEYWORD=VALUE\n}. Values are octets. */
final class PaxRecords {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PaxRecords add(String keyword, String value) {
        return add(keyword.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }

    PaxRecords add(String keyword, byte[] value) {
        return add(keyword.getBytes(StandardCharsets.UTF_8), value);
    }

    PaxRecords add(byte[] keyword, byte[] value) {
        int rest = keyword.length + value.length + 3;
        int length = rest + digits(rest);
        if (rest + digits(length) != length) {
            length = rest + digits(length);
        }
        out.writeBytes((length + " ").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(keyword);
        out.write('=');
        out.writeBytes(value);
        out.write('\n');
        return this;
    }

    boolean isEmpty() {
        return out.size() == 0;
    }

    byte[] octets() {
        return out.toByteArray();
    }

    private static int digits(int number) {
        return Integer.toString(number).length();
    }
}
