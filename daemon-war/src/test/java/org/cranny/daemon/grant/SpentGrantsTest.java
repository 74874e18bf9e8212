package org.cranny.daemon.grant;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.cranny.daemon.identity.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpentGrantsTest {
    @TempDir
    private Path folder;

    /** As on a disk that fails: a link to itself can neither be read nor be said to be missing. */
    @Test
    void whatCannotBeReadIsNotTakenForNoGrantSpent() throws Exception {
        Home home = new Home(folder);
        Path file = home.state("spent-grants");
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, file);
        assertThrows(IOException.class, () -> new SpentGrants(home, Clock.systemUTC()));
    }
}
