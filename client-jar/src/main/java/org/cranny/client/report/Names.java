package org.cranny.client.report;

import org.cranny.engine.posix.NameText;

/**
 * File names as text. Octets that are not UTF-8, and control characters, which could move a terminal's cursor, become
 * {@code \xNN}; a backslash becomes {@code \\}, so that every text stands for one name only.
 */
public final class Names {
    private Names() {}

    public static String printable(byte[] name) {
        return NameText.of(name);
    }

    /** Text of others, made safe for a terminal: no control characters. */
    public static String printable(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.chars().forEach(c -> safe.append(Character.isISOControl(c) ? ' ' : (char) c));
        return safe.toString();
    }
}
