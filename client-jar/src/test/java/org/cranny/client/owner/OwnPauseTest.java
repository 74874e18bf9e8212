package org.cranny.client.owner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.cranny.client.home.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnPauseTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

    @TempDir
    Path folder;

    private OwnPause at(Duration later) {
        return new OwnPause(Home.at(folder), Clock.fixed(NOW.plus(later), ZoneOffset.UTC));
    }

    @Test
    void endsByItselfOrWhenItsOwnerGoesOn() throws IOException {
        at(Duration.ZERO).begin(Duration.ofHours(2));
        assertEquals(
                Optional.of(new OwnPause.Span(NOW, NOW.plusSeconds(7_200))),
                at(Duration.ofHours(1)).now());
        assertEquals(Optional.empty(), at(Duration.ofHours(2)).now());
        assertTrue(at(Duration.ofHours(1)).end());
        assertFalse(at(Duration.ofHours(1)).end());
    }

    @Test
    void nobodyPausesForEver() throws IOException {
        assertThrows(IllegalArgumentException.class, () -> at(Duration.ZERO).begin(OwnPause.LONGEST.plusSeconds(1)));
        for (String written : new String[] {
            NOW + " " + NOW.plus(Duration.ofDays(8)),
            NOW.plusSeconds(60) + " " + NOW.plusSeconds(90),
            "soon",
            "2030",
            ""
        }) {
            Files.writeString(folder.resolve("pause"), written);
            assertEquals(Optional.empty(), at(Duration.ofSeconds(1)).now(), written);
        }
    }

    @Test
    void ratesAreWholeOrNone() throws IOException {
        OwnRates own = new OwnRates(Home.at(folder));
        assertEquals(OwnRates.Rates.NONE, own.kept());
        own.keep(new OwnRates.Rates(2_000_000, 0));
        assertEquals(new OwnRates.Rates(2_000_000, 0), own.kept());
        assertThrows(IllegalArgumentException.class, () -> new OwnRates.Rates(999, 0));
        Files.writeString(folder.resolve("rates"), "fast");
        assertEquals(OwnRates.Rates.NONE, own.kept());
    }
}
