package org.cranny.engine.ssh;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whom to be, and where. Written {@code USER@HOST[:PORT]}, an IPv6 address in brackets. */
public record SshAddress(String user, String host, int port) {
    private static final Pattern FORM =
            Pattern.compile("([^@\\s]+)@(\\[[0-9a-fA-F:.]+\\]|[^@:\\s]+)(?::([0-9]{1,5}))?");
    private static final int USUAL_PORT = 22;
    private static final int LARGEST_PORT = 65_535;

    /** @throws IllegalArgumentException with a sentence that says how it is written */
    public static SshAddress parse(String text) {
        Matcher form = FORM.matcher(text);
        if (form.matches()) {
            int port = form.group(3) == null ? USUAL_PORT : Integer.parseInt(form.group(3));
            String host = form.group(2).replaceAll("[\\[\\]]", "");
            if (port >= 1 && port <= LARGEST_PORT) {
                return new SshAddress(form.group(1), host, port);
            }
        }
        throw new IllegalArgumentException("'" + text + "' is no SSH address. Write USER@HOST or USER@HOST:PORT.");
    }

    @Override
    public String toString() {
        return user + "@" + host + ":" + port;
    }
}
