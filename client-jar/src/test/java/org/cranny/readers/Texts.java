package org.cranny.readers;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Texts as octets. */
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
}
