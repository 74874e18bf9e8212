package org.cranny.central.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private final Settings defaults = Settings.of(Map.of());

    @Test
    void smallRealmsAreQuickAndGreatOnesCalm() {
        assertEquals(5, defaults.heartbeatSeconds(3));
        assertEquals(300, defaults.heartbeatSeconds(10_000));
        assertEquals(Duration.ofSeconds(15), defaults.suspectAfter(3));
        assertEquals(Duration.ofSeconds(900), defaults.suspectAfter(10_000));
        assertEquals(Duration.ofMillis(1_018), defaults.masterFileDelay(3));
        assertEquals(Duration.ofMinutes(1), defaults.masterFileDelay(10_000));
    }

    @Test
    void whatIsSetWins() {
        Settings set = Settings.of(Map.of("cranny.host.suspect-seconds", " 4 "));
        assertEquals(Duration.ofSeconds(4), set.suspectAfter(3));
    }

    @Test
    void wrongSettingIsNamed() {
        Settings wrong = Settings.of(Map.of("cranny.certificate.days", "ninety"));
        assertTrue(assertThrows(IllegalStateException.class, wrong::certificateLife)
                .getMessage()
                .startsWith("cranny.certificate.days"));
        assertTrue(assertThrows(IllegalStateException.class, defaults::home)
                .getMessage()
                .startsWith("cranny.home"));
    }
}
