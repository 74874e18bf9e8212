package org.cranny.client.report;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where people and programs read: standard output and standard error, both UTF-8, and what is known of the terminal.
 *
 * @param terminal whether standard output is a terminal
 * @param columns its width
 */
public record Screen(PrintStream out, PrintStream err, boolean terminal, int columns) {
    private static final int USUAL_COLUMNS = 80;
    private static final int BUFFER = 1 << 14;

    /** The one of this process; {@code bin/cranny} tells about the terminal by system properties. */
    public static Screen ofProcess() {
        boolean console = System.console() != null;
        boolean terminal = Boolean.parseBoolean(System.getProperty("cranny.terminal", String.valueOf(console)));
        int columns = Integer.getInteger("cranny.columns", USUAL_COLUMNS);
        return new Screen(stream(FileDescriptor.out), stream(FileDescriptor.err), terminal, columns);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), BUFFER), false, StandardCharsets.UTF_8);
    }

    public void line(String text) {
        out.println(text);
        out.flush();
    }

    public void errorLine(String text) {
        err.println(text);
        err.flush();
    }
}
