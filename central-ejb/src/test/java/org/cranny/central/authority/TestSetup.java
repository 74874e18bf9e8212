package org.cranny.central.authority;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import org.cranny.protocol.octets.MalformedException;

/** Lets tests of other features make a home, whose escrow key opens quickly. */
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
        sealLightly(home.resolve("escrow.key"), passphrase);
    }

    private static void sealLightly(Path file, Path passphrase) {
        try {
            char[] words = Files.readString(passphrase).strip().toCharArray();
            KeyPair pair = SealedKey.open(Files.readAllBytes(file), words);
            Files.write(file, SealedKey.seal(pair, words, new SecureRandom(), 8, 1));
        } catch (IOException | MalformedException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
