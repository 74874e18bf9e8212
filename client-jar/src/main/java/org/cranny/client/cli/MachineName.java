package org.cranny.client.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a machine is called: what was typed, else its host name. */
final class MachineName {
    private static final int LONGEST = 100;

    private MachineName() {}

    static String of(String typed) throws IOException {
        String chosen = typed == null ? hostName() : typed.strip();
        if (chosen.isEmpty() || chosen.length() > LONGEST) {
            throw new WrongUseException("A machine's name has 1 to " + LONGEST + " characters. Give one with --name.");
        }
        return chosen;
    }

    private static String hostName() throws IOException {
        Path kernel = Path.of("/proc/sys/kernel/hostname");
        return Files.exists(kernel)
                ? Files.readString(kernel, StandardCharsets.UTF_8).strip()
                : "unnamed";
    }
}
