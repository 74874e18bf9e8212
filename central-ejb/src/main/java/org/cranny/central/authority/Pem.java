package org.cranny.central.authority;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Octets as PEM text (RFC 7468) and back. */
final class Pem {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    static String write(String label, byte[] octets) {
        return "-----BEGIN " + label + "-----\n" + LINES.encodeToString(octets) + "\n-----END " + label + "-----\n";
    }

    /** @throws IllegalArgumentException when the text has no block of that label */
    static byte[] read(String label, String text) {
        Pattern block = Pattern.compile("-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]+)-----END " + label + "-----");
        Matcher matcher = block.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("there is no " + label + " in PEM");
        }
        return Base64.getMimeDecoder().decode(matcher.group(1));
    }
}
