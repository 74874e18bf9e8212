package org.cranny.client.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a secret is read from, so that it stands in no list of processes: a file, or standard input. */
final class SecretFile {
    private static final String STANDARD_INPUT = "-";

    private SecretFile() {}

    /** The first line without blanks around it. @throws WrongUseException when there is none */
    static String firstLine(String file) throws IOException {
        try (BufferedReader reader = file.equals(STANDARD_INPUT)
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(Path.of(file))) {
            String line = reader.readLine();
            if (line == null || line.isBlank()) {
                throw new WrongUseException(
                        (file.equals(STANDARD_INPUT) ? "Standard input" : "The file " + file) + " is empty.");
            }
            return line.strip();
        }
    }
}
