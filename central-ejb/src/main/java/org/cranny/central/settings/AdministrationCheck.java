package org.cranny.central.settings;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Stops the start on a server whose administration opens with a password that anybody knows: none at all, as servers are
 * unpacked, or one of the handful that manuals name. Whoever administers the server rules central.
 */
@Singleton
@Startup
public class AdministrationCheck {
    private static final Logger LOGGER = Logger.getLogger(AdministrationCheck.class.getName());
    private static final List<String> KNOWN =
            List.of("", "admin", "adminadmin", "changeit", "glassfish", "payara", "password", "admin123");
    private static final String SCHEME = "{SSHA256}";
    private static final int HASH = 32;
    private static final int ROUNDS = 100;

    @PostConstruct
    void start() {
        String server = System.getProperty("com.sun.aas.instanceRoot");
        if (server != null) {
            check(Path.of(server, "config", "admin-keyfile"));
        }
    }

    /** @param keyfile of the server's administrators; each line is a name, {@code {SSHA256}} with the hash, groups */
    static void check(Path keyfile) {
        try {
            if (!Files.notExists(keyfile)) {
                Files.readAllLines(keyfile, StandardCharsets.UTF_8).forEach(AdministrationCheck::checkLine);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the server's administrators cannot be read", e);
        }
    }

    private static void checkLine(String line) {
        String[] parts = line.strip().split(";");
        if (line.startsWith("#") || parts.length < 2 || !parts[1].startsWith(SCHEME)) {
            return;
        }
        byte[] kept = hash(parts[1].substring(SCHEME.length()));
        if (kept.length > HASH && KNOWN.stream().anyMatch(password -> opens(kept, password))) {
            String objection = "the server's administration opens for " + parts[0]
                    + " with a password that anybody knows: change it (asadmin change-admin-password)";
            LOGGER.log(Level.SEVERE, "{0}. Central does not start.", objection);
            throw new IllegalStateException(objection);
        }
    }

    /** None for what opens to no password. */
    private static byte[] hash(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static boolean opens(byte[] kept, String password) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(password.getBytes(StandardCharsets.UTF_8));
            digest.update(kept, HASH, kept.length - HASH);
            byte[] hash = digest.digest();
            for (int round = 1; round < ROUNDS; round++) {
                hash = digest.digest(hash);
            }
            return MessageDigest.isEqual(hash, Arrays.copyOf(kept, HASH));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
