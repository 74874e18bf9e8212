package org.cranny.protocol.readers;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Texts as octets, and octets one after the other. */
public final class Texts {
    private Texts() {}

    public static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static List<byte[]> seeds(String... texts) {
        return Arrays.stream(texts).map(Texts::octets).toList();
    }

    public static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
