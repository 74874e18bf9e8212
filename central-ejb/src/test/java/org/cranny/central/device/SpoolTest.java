package org.cranny.central.device;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.cranny.central.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    @TempDir
    private Path home;

    /** As on a disk that fails: a link to itself can neither be read nor be said to be missing. */
    @Test
    void whatWaitsIsNotSweptAwayWhenItsNameCannotBeRead() throws Exception {
        Path waiting = Files.createDirectories(home.resolve("devices/7/waiting/1"));
        Path octets = Files.write(waiting.resolve("octets"), new byte[] {1, 2, 3});
        Path about = waiting.resolve(Spool.ABOUT);
        Files.createSymbolicLink(about, about);
        assertThrows(
                IOException.class,
                () -> new Spool(Settings.of(Map.of("cranny.home", home.toString())), Clock.systemUTC()));
        assertTrue(Files.exists(octets));
    }
}
