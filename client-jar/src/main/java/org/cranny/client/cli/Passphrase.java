package org.cranny.client.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine.Option;

/** Where a passphrase comes from: a file, or the terminal. Never the command line, which is for everyone to read. */
final class Passphrase {
    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "A file whose first line is the passphrase (default: ask at the terminal).")
    private Path file;

    /** For something that exists. */
    char[] known(String what) throws IOException {
        return file == null ? asked("Passphrase of " + what + ": ") : first();
    }

    /** For something that is made now; at the terminal it is asked for twice. */
    char[] chosen(String what) throws IOException {
        if (file != null) {
            return first();
        }
        char[] once = asked("New passphrase of " + what + ": ");
        char[] twice = asked("Once more: ");
        if (!Arrays.equals(once, twice)) {
            throw new WrongUseException("The two passphrases differ. Nothing was done; try again.");
        }
        return once;
    }

    private char[] first() throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .filter(line -> !line.isBlank())
                .orElseThrow(() -> new WrongUseException("The file " + file + " has no passphrase in its first line."))
                .toCharArray();
    }

    private static char[] asked(String prompt) {
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("%s", prompt);
        if (typed == null || typed.length == 0) {
            throw new WrongUseException("A passphrase is needed. Name a file that holds it with --passphrase-file.");
        }
        return typed;
    }
}
