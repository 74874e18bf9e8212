package org.cranny.protocol.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program fetches, and what it leaves for whoever applies it. */
class UpgradingTest {
    private static final byte[] ARCHIVE = "the octets of an archive".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    @TempDir
    Path home;

    private final List<Long> offsets = new ArrayList<>();
    private Path inbox;
    private Upgrading upgrading;
    private UpgradeOrder order;

    @BeforeEach
    void make() throws IOException {
        inbox = Files.createDirectories(home.resolve("upgrade"));
        upgrading = new Upgrading("daemon", base(true), home, "0.1.0");
        Path whole = Files.write(home.resolve("whole"), ARCHIVE);
        order = new UpgradeOrder("1.1", ARCHIVE.length, Release.sha256(whole), "signed\n");
    }

    /** A folder that stands for a package below /opt/cranny, which this machine does not have. */
    private Path base(boolean key) throws IOException {
        Path base = Files.createDirectories(home.resolve("base"));
        Files.writeString(base.resolve("VERSION"), "1.0\n");
        if (key) {
            Files.writeString(base.resolve("release.pub"), "key");
        }
        return base;
    }

    @Test
    void whatIsFetchedAsksForItselfLast() throws IOException {
        follow(offset -> ARCHIVE);
        assertEquals("1.1", read("request"));
        assertEquals("signed", read("signature"));
        assertEquals(new String(ARCHIVE), read("archive"));
    }

    @Test
    void anInterruptedFetchGoesOnWhereItWas() throws IOException {
        assertThrows(IOException.class, () -> follow(offset -> Arrays.copyOf(ARCHIVE, 10)));
        assertFalse(Files.exists(inbox.resolve("request")));
        follow(offset -> Arrays.copyOfRange(ARCHIVE, (int) (long) offset, ARCHIVE.length));
        assertEquals(List.of(0L, 10L), offsets);
        assertEquals("1.1", read("request"));
    }

    @Test
    void whatIsNotTheSignedArchiveIsToldAndThrownAway() throws IOException {
        byte[] other = ARCHIVE.clone();
        other[3]++;
        follow(offset -> other);
        assertFalse(Files.exists(inbox.resolve("request")));
        assertEquals("1.1", upgrading.report().failed().version());
        assertTrue(upgrading.report().failed().reason().contains("not the archive that was signed"));
        try (var left = Files.list(inbox)) {
            assertEquals(
                    List.of("failed"),
                    left.map(file -> file.getFileName().toString()).toList());
        }
    }

    @Test
    void moreThanWasSaidIsNotTaken() throws IOException {
        follow(offset -> Arrays.copyOf(ARCHIVE, 1 << 20));
        assertFalse(Files.exists(inbox.resolve("request")));
        assertTrue(upgrading.hasNews());
    }

    @Test
    void nothingIsFetchedWhileOneWaitsOrIsApplied() throws IOException {
        Files.writeString(inbox.resolve("applying"), "1.1");
        follow(offset -> ARCHIVE);
        assertEquals(List.of(), offsets);
    }

    @Test
    void aFailureIsToldUntilCentralTookIt() throws IOException {
        Files.writeString(inbox.resolve("failed"), "1.1\nit ended by itself\n");
        ProgramReport report = upgrading.report();
        assertEquals(new ProgramReport.FailedUpgrade("1.1", "it ended by itself"), report.failed());
        upgrading.acknowledged(report);
        assertNull(upgrading.report().failed());
        assertEquals("1.0", read("heard"));
    }

    @Test
    void aProgramThatNobodyInstalledThereIsKeptByHand() throws IOException {
        assertEquals(
                Upkeep.HAND,
                new Upgrading("daemon", null, home, "0.1.0").report().upkeep());
        assertEquals(
                "0.1.0", new Upgrading("daemon", null, home, "0.1.0").report().version());
        assertEquals(
                Upkeep.PACKAGES,
                new Upgrading("daemon", Path.of("/usr/lib/cranny/daemon"), home, "0.1.0")
                        .report()
                        .upkeep());
        assertEquals(
                Upkeep.UNSIGNED,
                new Upgrading("daemon", Path.of("/opt/cranny/9/daemon"), home, "0.1.0")
                        .report()
                        .upkeep());
    }

    private interface Octets {
        byte[] from(long offset);
    }

    private void follow(Octets octets) throws IOException {
        upgrading.followAs(Upkeep.CENTRAL, order, (version, offset) -> {
            offsets.add(offset);
            return new ByteArrayInputStream(octets.from(offset));
        });
    }

    private String read(String name) throws IOException {
        return Files.readString(inbox.resolve(name)).strip();
    }
}
