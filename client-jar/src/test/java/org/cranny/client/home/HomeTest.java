package org.cranny.client.home;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.regex.Pattern;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    private static final Configuration CONFIGURATION = new Configuration(
            URI.create("https://central:8181"),
            URI.create("https://central:8182"),
            new SystemId(new RealmId("0123456789abcdef"), 7),
            "Büro \"3\"",
            "ab".repeat(32));

    @TempDir
    Path folder;

    @Test
    void readsTheConfigurationThatItWrote() throws MalformedException {
        assertEquals(CONFIGURATION, Configuration.decode(CONFIGURATION.encode()));
    }

    @Test
    void refusesAConfigurationOfAnotherFormat() {
        String later =
                new String(CONFIGURATION.encode(), StandardCharsets.UTF_8).replace("\"format\":1", "\"format\":2");
        assertThrows(MalformedException.class, () -> Configuration.decode(later.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void refusesEveryTruncationOfAConfiguration() {
        byte[] whole = CONFIGURATION.encode();
        for (int length = 0; length < whole.length - 2; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThrows(MalformedException.class, () -> Configuration.decode(cut));
        }
    }

    @Test
    void saysHowToEnrollWhenThereIsNoConfiguration() {
        HomeException missing =
                assertThrows(HomeException.class, () -> Home.at(folder).configuration());
        assertTrue(missing.getMessage().contains("cranny enroll"), missing.getMessage());
    }

    @Test
    void namesTheFileThatIsDamaged() throws IOException {
        Home home = Home.at(folder);
        DurableFiles.write(home.config(), "{}".getBytes(StandardCharsets.UTF_8));
        HomeException damaged = assertThrows(HomeException.class, home::configuration);
        assertTrue(damaged.getMessage().contains(home.config().toString()), damaged.getMessage());
    }

    @Test
    void writesFilesThatOnlyTheirOwnerReads() throws IOException {
        Path file = folder.resolve("secret");
        DurableFiles.write(file, new byte[] {1, 2});
        DurableFiles.write(file, new byte[] {3});
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertArrayEquals(new byte[] {3}, Files.readAllBytes(file));
        assertFalse(Files.exists(folder.resolve("secret.part")));
    }

    @Test
    void writesOverWhatACrashLeftBehind() throws IOException {
        Files.write(folder.resolve("file.part"), new byte[100]);
        DurableFiles.write(folder.resolve("file"), new byte[] {1});
        assertArrayEquals(new byte[] {1}, Files.readAllBytes(folder.resolve("file")));
    }

    @Test
    void theKernelKeepsTheLockWhoeverAsksForItOrForItsHolder() throws Exception {
        Home home = Home.at(folder);
        try (HomeLock held = home.lock("backup")) {
            assertEquals(1, locks());
            assertEquals(Optional.of("backup"), home.changer());
            assertThrows(HomeException.class, () -> home.lock("backup"));
            assertThrows(HomeException.class, home::lockForReading);
            assertEquals(1, locks());
            assertNotNull(held);
        }
        assertEquals(0, locks());
        assertEquals(Optional.empty(), home.changer());
    }

    @Test
    void aThreadThatIsStoppedLeavesNoHolder() throws Exception {
        Home home = Home.at(folder);
        Thread.currentThread().interrupt();
        try (HomeLock held = home.lock("backup")) {
            assertNotNull(held);
        } catch (IOException stopped) {
            assertTrue(Thread.currentThread().isInterrupted());
        }
        assertTrue(Thread.interrupted());
        assertEquals(Optional.empty(), home.changer());
        home.lock("backup").close();
    }

    /** How many locks this process has on the home, as the kernel sees it. */
    private long locks() throws IOException {
        String lock = " " + ProcessHandle.current().pid() + " .*:"
                + Files.getAttribute(folder.resolve("lock"), "unix:ino") + " ";
        return Files.readAllLines(Path.of("/proc/locks")).stream()
                .filter(line -> Pattern.compile(lock).matcher(line).find())
                .count();
    }

    @Test
    void letsOneHolderOnlyInAndNamesIt() throws IOException {
        Home home = Home.at(folder);
        String pid = "process " + ProcessHandle.current().pid();
        try (HomeLock held = home.lock("backup")) {
            assertTrue(held != null);
            String another =
                    assertThrows(HomeException.class, () -> home.lock("backup")).getMessage();
            assertTrue(another.contains("Another backup of this machine") && another.contains(pid), another);
            String reader =
                    assertThrows(HomeException.class, home::lockForReading).getMessage();
            assertTrue(reader.contains(pid), reader);
        }
        home.lock("backup").close();
    }

    @Test
    void refusesToChangeWhileAnotherReads() throws IOException {
        Home home = Home.at(folder);
        try (HomeLock held = home.lockForReading()) {
            assertTrue(held != null);
            String refused =
                    assertThrows(HomeException.class, () -> home.lock("backup")).getMessage();
            assertTrue(refused.contains("restore") && !refused.contains("process"), refused);
        }
    }
}
