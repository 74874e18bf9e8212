package org.cranny.central.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternsTest {
    private static final List<String> PATTERNS = List.of("*.tmp", "cache/", "!keep.tmp", "/var/log");

    private final Patterns patterns = new Patterns();

    @ParameterizedTest
    @CsvSource({
        "/home/a.tmp, LEFT_OUT",
        "/home/keep.tmp, TAKEN",
        "/home/cache, TAKEN",
        "/home/cache/, LEFT_OUT",
        "/home/cache/keep.tmp, UNREACHED",
        "/var/log, LEFT_OUT",
        "/srv/var/log, TAKEN",
        "/home/\\xFF.tmp, LEFT_OUT",
        "home/a, NO_PATH",
        "/, NO_PATH"
    })
    void aPathMeetsTheFateThatBackupsGiveIt(String path, Patterns.Verdict verdict) {
        assertEquals(verdict, patterns.attempt(PATTERNS, path));
    }

    @ParameterizedTest
    @CsvSource({"[a, 1", "*.tmp, 0"})
    void whatCanFitNothingIsNamed(String pattern, int count) {
        assertEquals(count, patterns.hopeless(List.of(pattern)).size());
    }
}
