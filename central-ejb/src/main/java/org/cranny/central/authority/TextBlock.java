package org.cranny.central.authority;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Octets as blocks of text (RFC 7468) among other text, which people can print. */
public final class TextBlock {
    private TextBlock() {}

    public static String write(String label, byte[] octets) {
        return Pem.write(label, octets);
    }

    /** The octets of every block with this label, in their order. */
    public static List<byte[]> all(String label, String text) {
        List<byte[]> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(
                        "-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]+)-----END " + label + "-----")
                .matcher(text);
        while (matcher.find()) {
            found.add(Base64.getMimeDecoder().decode(matcher.group(1)));
        }
        return found;
    }

    /** @throws IllegalArgumentException when there is none, or several */
    public static byte[] only(String label, String text) {
        List<byte[]> found = all(label, text);
        if (found.size() != 1) {
            throw new IllegalArgumentException("it has " + found.size() + " blocks " + label + ", not one");
        }
        return found.get(0);
    }
}
