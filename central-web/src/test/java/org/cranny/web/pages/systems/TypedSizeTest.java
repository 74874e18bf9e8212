package org.cranny.web.pages.systems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.cranny.protocol.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypedSizeTest {

    @ParameterizedTest
    @CsvSource({"20,20000000000", "1.5 TB,1500000000000", "500mb,500000000", "0,0", "7 G,7000000000", "9 B,9"})
    void readsWhatPeopleType(String typed, long bytes) {
        assertEquals(bytes, TypedSize.bytes("quota", typed));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 999, 1_000, 20_000_000_000L, 1_500_000_000_000L})
    void readsWhatItWrites(long bytes) {
        assertEquals(bytes, TypedSize.bytes("quota", TypedSize.typed(bytes)));
    }

    @Test
    void readsShares() {
        assertEquals(12.5, TypedSize.share("percent", "12,5 %"));
        assertEquals("12.5", TypedSize.typed(12.5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "much", "-1", "1 EB", "10 %", "9999999999"})
    void refusesWhatIsNoSize(String typed) {
        assertThrows(ProblemException.class, () -> TypedSize.bytes("quota", typed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "100.1", "-1 %", "much"})
    void refusesWhatIsNoShare(String typed) {
        assertThrows(ProblemException.class, () -> TypedSize.share("percent", typed));
    }
}
