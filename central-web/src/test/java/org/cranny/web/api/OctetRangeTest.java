package org.cranny.web.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OctetRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0",
        "bytes=2-5, 2, 5",
        "bytes=2-, 2, 9",
        "bytes=-3, 7, 9",
        "bytes=-30, 0, 9",
        "bytes=5-500, 5, 9"
    })
    void findsTheOctetsAskedForOfTen(String header, long first, long last) {
        assertEquals(Optional.of(new OctetRange(first, last)), OctetRange.asked(header, 10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=5-4", "bytes=-0", "bytes=999999999999999999-"})
    void saysWhenNothingOfItIsThere(String header) {
        assertTrue(OctetRange.asked(header, 10).orElseThrow().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bytes=-", "bytes=a-b", "items=0-1", "bytes=0-1,3-4", "bytes=9999999999999999999-"})
    void servesAllWhenTheFormIsNotOurs(String header) {
        assertEquals(Optional.empty(), OctetRange.asked(header, 10));
    }

    @Test
    void servesAllWithoutHeader() {
        assertEquals(Optional.empty(), OctetRange.asked(null, 10));
    }

    @Test
    void hasNothingOfAnEmptyFile() {
        assertTrue(OctetRange.asked("bytes=0-0", 0).orElseThrow().isEmpty());
    }
}
