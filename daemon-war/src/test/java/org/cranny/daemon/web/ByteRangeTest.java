package org.cranny.daemon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.cranny.protocol.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,0,1",
        "bytes=10-19,10,10",
        "bytes=90-,90,10",
        "bytes=90-1000,90,10",
        "bytes=-5,95,5",
        "bytes=-500,0,100",
        "bytes=99-99,99,1"
    })
    void readsOneRangeOfAHundredOctets(String header, long first, long count) {
        assertEquals(new ByteRange(first, count, false), ByteRange.of(header, 100));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "bytes=-", "bytes=5", "bytes=1-2,4-5", "lines=1-2", "bytes=9-3", "bytes=a-b"})
    void givesTheWholeWhenNoSingleRangeIsAskedFor(String header) {
        assertTrue(ByteRange.of(header, 100).whole());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0", "bytes=999999999999999999-"})
    void refusesARangeOutside(String header) {
        ProblemException refused = assertThrows(ProblemException.class, () -> ByteRange.of(header, 100));
        assertEquals(416, refused.problem().status());
    }

    @Test
    void describesItselfInTheAnswer() {
        assertEquals("bytes 10-19/100", ByteRange.of("bytes=10-19", 100).contentRange(100));
    }
}
