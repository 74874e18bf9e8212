package org.cranny.central;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.cranny.central.authority.TestSetup;

/** Gives tests a home of central; it is made once and copied, since an Argon2id takes its time. */
final class Homes {
    /** A home that others are copies of; another process takes over that of the first. */
    static Path template;

    private Homes() {}

    static synchronized void make(Path home) throws IOException {
        if (Files.exists(home.resolve("realm-keys"))) {
            return;
        }
        if (template == null) {
            Path made = Files.createTempDirectory("cranny-home");
            TestSetup.make(made.resolve("home"), made.resolve("escrow-passphrase"));
            template = made.resolve("home");
        }
        try (Stream<Path> files = Files.walk(template)) {
            files.forEach(
                    file -> copy(file, home.resolve(template.relativize(file).toString())));
        }
    }

    /** The file with the passphrase of every home. */
    static synchronized Path escrowPassphrase() {
        return template.resolveSibling("escrow-passphrase");
    }

    private static void copy(Path from, Path to) {
        try {
            if (Files.isDirectory(from)) {
                Files.createDirectories(to);
            } else {
                Files.copy(from, to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
