package org.cranny.client.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class PeopleTest {
    private final People people =
            new People(Clock.fixed(Instant.parse("2026-11-27T13:00:00Z"), ZoneId.of("Europe/Berlin")));

    @Test
    void saysTimesAsPeopleDoAndByTheirClock() {
        assertEquals("today at 14:05", time("2026-11-27T13:05:00Z"));
        assertEquals("today at 00:00", time("2026-11-26T23:00:00Z"));
        assertEquals("yesterday at 23:59", time("2026-11-26T22:59:59Z"));
        assertEquals("tomorrow at 02:00", time("2026-11-28T01:00:00Z"));
        assertEquals("on Monday at 09:12", time("2026-11-23T08:12:00Z"));
        assertEquals("on 2026-11-20 at 09:12", time("2026-11-20T08:12:00Z"));
        assertEquals("on 2025-11-27 at 14:00", time("2025-11-27T13:00:00Z"));
        assertEquals("Today at 14:05", people.timeFirst(Instant.parse("2026-11-27T13:05:00Z")));
    }

    private String time(String instant) {
        return people.time(Instant.parse(instant));
    }
}
