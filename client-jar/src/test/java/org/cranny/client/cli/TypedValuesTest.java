package org.cranny.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TypedValuesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "500, 500",
        "500B, 500",
        "10k, 10000",
        "10K, 10000",
        "1.5G, 1500000000",
        "4GiB, 4294967296",
        "2M/s, 2000000",
        "2MiB/s, 2097152",
        "1 TB, 1000000000000",
        "0.001k, 1"
    })
    void readsSizes(String typed, long octets) {
        assertEquals(octets, new Amount().convert(typed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "M", "-5", "5X", "5iB", "1.2.3", "1e9", "99999999999999P", "5 M B"})
    void refusesWhatIsNoSize(String typed) {
        assertThrows(TypeConversionException.class, () -> new Amount().convert(typed));
    }

    @Test
    void readsTimes() {
        assertEquals(Duration.ofSeconds(90), new Seconds().convert("90"));
        assertEquals(Duration.ofMinutes(10), new Seconds().convert("10m"));
        assertEquals(Duration.ofHours(2), new Seconds().convert("2h"));
        assertThrows(TypeConversionException.class, () -> new Seconds().convert("0"));
        assertThrows(TypeConversionException.class, () -> new Seconds().convert("soon"));
    }

    @Test
    void splitsCommandsAndDoesNothingElse() {
        assertEquals(List.of("a", "b c", "d e", "f g", "$HOME", "*"), CommandWords.of("a 'b c' \"d e\" f\\ g $HOME *"));
        assertEquals(List.of("sh", "-c", "x > \"y\""), CommandWords.of("sh -c 'x > \"y\"'"));
        assertEquals(List.of("a", ""), CommandWords.of(" a '' "));
        assertEquals(List.of(), CommandWords.of("  "));
        assertThrows(WrongUseException.class, () -> CommandWords.of("a 'b"));
    }
}
