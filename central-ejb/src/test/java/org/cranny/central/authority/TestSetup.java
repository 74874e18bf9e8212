package org.cranny.central.authority;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Lets tests of other features make a home. */
public final class TestSetup {
    private TestSetup() {}

    public static void make(Path home, Path passphrase) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        int code = Setup.run(
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                errors,
                "--home",
                home.toString(),
                "--machines-url",
                "https://central.example:8182",
                "--escrow-passphrase-file",
                passphrase.toString());
        if (code != 0) {
            throw new IllegalStateException(err.toString(StandardCharsets.UTF_8));
        }
    }
}
