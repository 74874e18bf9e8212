package org.cranny.web.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Moments;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1 kB",
        "1234, 1.23 kB",
        "45600000000, 45.6 GB",
        "348000000000, 348 GB",
        "999600, 1 MB",
        "9999999, 10 MB",
        "9223372036854775807, 9.22 EB",
        "-5, 0 B"
    })
    void saysBytesWithThreeDigits(long bytes, String said) {
        assertEquals(said, Amounts.bytes(bytes));
    }

    @ParameterizedTest
    @CsvSource({"0,10,0", "1,1000,1", "5,10,50", "20,10,100", "5,0,0"})
    void showsAnythingThatIsThere(long part, long whole, int percent) {
        assertEquals(percent, Amounts.percent(part, whole));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T11:59:30Z, just now",
        "2026-11-22T11:59:00Z, 1 minute ago",
        "2026-11-22T11:57:00Z, 3 minutes ago",
        "2026-11-22T08:40:00Z, Today 08:40",
        "2026-11-21T12:41:00Z, Yesterday 12:41",
        "2026-11-20T12:40:00Z, Friday 12:40",
        "2026-11-09T12:40:00Z, 9 Nov 2026",
        "2026-11-22T12:05:00Z, Today 12:05"
    })
    void saysTimesAsPeopleDo(Instant when, String said) {
        assertEquals(said, new Moments(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC).said(when));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T12:00:30Z, in 1 minute",
        "2026-11-22T12:03:00Z, in 3 minutes",
        "2026-11-22T14:00:00Z, Today 14:00",
        "2026-11-23T02:00:00Z, Tomorrow 02:00",
        "2026-11-25T02:00:00Z, Wednesday 02:00",
        "2026-11-29T02:00:00Z, '29 Nov 2026, 02:00'"
    })
    void saysTimesThatComeAsPeopleDo(Instant when, String said) {
        assertEquals(said, new Moments(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC).coming(when));
    }

    @ParameterizedTest
    @CsvSource({"5, 5 s", "89, 89 s", "90, 2 min", "3600, 60 min", "7200, 2 h"})
    void saysHowLongSomethingTakes(long seconds, String said) {
        assertEquals(said, Moments.left(seconds));
    }
}
