package org.cranny.client.hook;

import java.io.IOException;
import java.io.Reader;
import java.util.function.Consumer;

/** Passes on what a command of the user prints, line by line, as far as anybody can want to read it. */
final class Relay {
    private static final int MOST_LINES = 1_000;
    private static final int LONGEST_LINE = 1_000;

    private Relay() {}

    /** Reads to the end and closes. @param name begins each line that the log hears */
    static void lines(Reader output, String name, Consumer<String> log) {
        try (output) {
            int count = 0;
            for (String line = line(output); line != null; line = line(output)) {
                count++;
                if (count <= MOST_LINES) {
                    log.accept(name + ": " + line);
                } else if (count == MOST_LINES + 1) {
                    log.accept(name + ": (it prints more than " + MOST_LINES + " lines; the rest is dropped)");
                }
            }
        } catch (IOException e) {
            log.accept(name + ": what it prints cannot be read: " + e.getMessage());
        }
    }

    /** The next line, the beginning of it when it is long; null at the end. */
    private static String line(Reader output) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = output.read();
        boolean any = next >= 0;
        for (; next >= 0 && next != '\n'; next = output.read()) {
            if (line.length() < LONGEST_LINE) {
                line.append((char) next);
            }
        }
        return any ? line.toString() : null;
    }
}
