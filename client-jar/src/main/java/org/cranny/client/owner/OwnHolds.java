package org.cranny.client.owner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.cranny.client.home.DurableFiles;
import org.cranny.client.home.Home;

/** What the owner lets planned backups wait for: {@code holds} in the home, a line each, {@code BATTERY wait}. */
public final class OwnHolds {
    /** What a backup can wait for the end of. */
    public enum Cause {
        /** The machine runs on its battery. */
        BATTERY,
        /** The connection is paid by amount. */
        METERED,
        /** Somebody works at the machine. */
        IN_USE
    }

    /** What a planned backup does then. */
    public enum Answer {
        /** It begins nevertheless. */
        GO,
        /** It waits, unless the newest backup is too old. */
        WAIT,
        /** It waits however long it takes. */
        NEVER
    }

    private static final Map<Cause, Answer> USUAL =
            Map.of(Cause.BATTERY, Answer.WAIT, Cause.METERED, Answer.WAIT, Cause.IN_USE, Answer.GO);

    private final Path file;

    public OwnHolds(Home home) {
        this.file = home.holdsFile();
    }

    /** An answer for every cause; lines that cannot be meant count for nothing. */
    public Map<Cause, Answer> kept() {
        Map<Cause, Answer> answers = new EnumMap<>(USUAL);
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
                String[] words = line.strip().toUpperCase(Locale.ROOT).split(" ");
                if (words.length == 2) {
                    answers.put(Cause.valueOf(words[0]), Answer.valueOf(words[1]));
                }
            }
        } catch (IOException | IllegalArgumentException none) {
            return answers;
        }
        return answers;
    }

    public void keep(Map<Cause, Answer> answers) throws IOException {
        StringBuilder lines = new StringBuilder();
        answers.forEach((cause, answer) -> lines.append(cause)
                .append(' ')
                .append(answer.name().toLowerCase(Locale.ROOT))
                .append('\n'));
        DurableFiles.write(file, lines.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
