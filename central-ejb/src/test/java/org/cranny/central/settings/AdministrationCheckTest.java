package org.cranny.central.settings;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdministrationCheckTest {
    /** As the server's own create-domain --nopassword wrote it. */
    private static final String NONE =
            "admin;{SSHA256}FIXwtExBJkNu9kASGIuUaL6yxaJp6Cq/t5dcAP37ufQrlMe9wckdrw==;asadmin";

    @TempDir
    Path folder;

    private Path keyfile(String text) throws IOException {
        return Files.writeString(folder.resolve("admin-keyfile"), text);
    }

    private static String with(String password) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(password.getBytes());
        byte[] salt = {1, 2, 3, 4, 5, 6, 7, 8};
        byte[] hash = digest.digest(salt);
        for (int round = 1; round < 100; round++) {
            hash = digest.digest(hash);
        }
        byte[] kept = new byte[40];
        System.arraycopy(hash, 0, kept, 0, 32);
        System.arraycopy(salt, 0, kept, 32, 8);
        return "root;{SSHA256}" + Base64.getEncoder().encodeToString(kept) + ";asadmin\n";
    }

    @Test
    void noServerWhoseAdministrationOpensWithAPasswordThatAnybodyKnowsRunsCentral() throws Exception {
        for (String known : new String[] {NONE, with("admin"), "# about\n\n" + with("kept well") + with("changeit")}) {
            Path file = keyfile(known);
            IllegalStateException refused =
                    assertThrows(IllegalStateException.class, () -> AdministrationCheck.check(file));
            assertTrue(refused.getMessage().contains("anybody knows"), refused.getMessage());
        }
        Path good = keyfile(with("kept well"));
        assertDoesNotThrow(() -> AdministrationCheck.check(good));
        assertDoesNotThrow(() -> AdministrationCheck.check(folder.resolve("none")));
        Path random = keyfile("admin;{SSHA256}" + Base64.getEncoder().encodeToString(new byte[40]) + ";asadmin");
        assertDoesNotThrow(() -> AdministrationCheck.check(random));
    }
}
