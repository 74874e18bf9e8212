package org.cranny.central.installation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What is run on machines: POSIX sh, from resources of this package. */
enum Script {
    LOOK,
    UNPACK,
    SETTLE,
    ENROLL,
    START,
    ALIVE,
    UNDO,
    FINISH,
    REMOVE;

    private final String text = read("common") + read(name().toLowerCase(Locale.ROOT));

    /**
     * A command line for a shell. The script itself is an argument, so that standard input is free for what it reads.
     *
     * @param prefix what stands before the shell, or an empty text
     * @param root put before every path; empty on a machine
     */
    String command(String prefix, String root, Iterable<String> arguments) {
        StringBuilder command = new StringBuilder(prefix)
                .append("sh -c ")
                .append(quoted(text))
                .append(" cranny ")
                .append(quoted(root));
        arguments.forEach(argument -> command.append(' ').append(quoted(argument)));
        return command.toString();
    }

    /** As scripts call it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The whole of it. */
    String text() {
        return text;
    }

    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    static String read(String name) {
        try (InputStream in = Script.class.getResourceAsStream(name + ".sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
