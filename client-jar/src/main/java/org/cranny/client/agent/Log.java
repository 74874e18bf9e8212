package org.cranny.client.agent;

import java.io.PrintStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.cranny.client.report.Names;

/** One line an event on standard output: an instant, a word, and members as {@code name=value}. Never a secret, never a file's content. */
public final class Log {
    private final PrintStream out;
    private final Clock clock;

    public Log(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    /** @param members names and values in turn */
    synchronized void line(String event, Object... members) {
        StringBuilder line = new StringBuilder()
                .append(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .append(' ')
                .append(event);
        for (int i = 0; i < members.length; i += 2) {
            line.append(' ').append(members[i]).append('=').append(quoted(String.valueOf(members[i + 1])));
        }
        out.println(line);
        out.flush();
    }

    private static String quoted(String value) {
        String plain = Names.printable(value);
        boolean simple = !plain.isEmpty() && plain.chars().noneMatch(c -> c == ' ' || c == '"' || c == '=');
        return simple ? plain : "\"" + plain.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
