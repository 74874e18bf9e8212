package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.cranny.cluster.Command;

/** What every end-to-end test expects of a command's end. */
final class Claims {

    private Claims() {}

    static void done(Command.Outcome outcome) {
        exits(0, outcome);
    }

    static void exits(int code, Command.Outcome outcome) {
        assertEquals(code, outcome.exit(), () -> outcome.output() + "\n" + outcome.errors());
        assertFalse(outcome.errors().contains("\tat "), () -> "a stack trace: " + outcome.errors());
        assertFalse(outcome.output().contains("\tat "), () -> "a stack trace: " + outcome.output());
    }

    /** It failed with this code and one clear line that has all these words, and knows what happened. */
    static void refusesInOneLine(int code, Command.Outcome outcome, String... words) {
        exits(code, outcome);
        List<String> lines = outcome.errors()
                .lines()
                .filter(line -> line.startsWith("cranny: ") && !line.startsWith("cranny: warning: "))
                .toList();
        assertEquals(1, lines.size(), () -> "not one clear line: " + outcome.errors());
        assertFalse(lines.get(0).contains("unforeseen"), outcome::errors);
        for (String word : words) {
            assertTrue(
                    lines.get(0).toLowerCase(java.util.Locale.ROOT).contains(word),
                    () -> "'" + word + "' is missing in: " + lines.get(0));
        }
    }

    /** What was backed up from {@code original} lies below {@code target} again, in every byte and attribute. */
    static void restoredEqual(Path original, Path target) {
        try {
            assertEquals(List.of(), TreeComparison.compare(original, below(target, original)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a restore to {@code target} puts what was backed up from an absolute path. */
    static Path below(Path target, Path original) {
        return target.resolve(Path.of("/").relativize(original.toAbsolutePath()));
    }
}
