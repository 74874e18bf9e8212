package org.cranny.central.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.cranny.protocol.policy.Policy.Schedule;
import org.cranny.protocol.policy.Policy.Window;
import org.junit.jupiter.api.Test;

class TimesTest {
    private static final String BERLIN = "Europe/Berlin";

    @Test
    void severalTimesAreOneCalendar() {
        assertDue(
                schedule(null, 0, null, "0 12 * * *", "30 2 * * 1-5"),
                "2030-01-04T00:00:00Z",
                "2030-01-04T02:30:00Z",
                "2030-01-04T12:00:00Z",
                "2030-01-05T12:00:00Z",
                "2030-01-06T12:00:00Z",
                "2030-01-07T02:30:00Z");
    }

    @Test
    void timesAreThoseOfTheClockOnTheWall() {
        assertDue(schedule(BERLIN, 0, null, "0 8 * * *"), "2030-07-01T00:00:00Z", "2030-07-01T06:00:00Z");
        assertDue(schedule(BERLIN, 0, null, "0 8 * * *"), "2030-01-01T00:00:00Z", "2030-01-01T07:00:00Z");
    }

    @Test
    void aTimeThatSpringJumpsOverIsDueOnceWhenTheClockHasJumped() {
        assertDue(
                schedule(BERLIN, 0, null, "30 2 * * *"),
                "2030-03-30T12:00:00Z",
                "2030-03-31T01:00:00Z",
                "2030-04-01T00:30:00Z");
        assertDue(
                schedule(BERLIN, 0, null, "30 2 * * *", "0 3 * * *"),
                "2030-03-30T12:00:00Z",
                "2030-03-31T01:00:00Z",
                "2030-04-01T00:30:00Z",
                "2030-04-01T01:00:00Z");
    }

    @Test
    void aTimeThatComesTwiceInAutumnIsDueTheFirstTimeOnly() {
        assertDue(
                schedule(BERLIN, 0, null, "30 2 * * *"),
                "2030-10-26T12:00:00Z",
                "2030-10-27T00:30:00Z",
                "2030-10-28T01:30:00Z");
        assertDue(schedule(BERLIN, 0, null, "30 2 * * *"), "2030-10-27T00:30:00Z", "2030-10-28T01:30:00Z");
        assertDue(schedule(BERLIN, 0, null, "30 2 * * *"), "2030-10-27T01:15:00Z", "2030-10-28T01:30:00Z");
    }

    @Test
    void noTimeComesTwiceInAWholeYearAndNoDayIsLeftOut() {
        for (String time : List.of("0 0 * * *", "30 1 * * *", "30 2 * * *", "0 3 * * *")) {
            for (String zone : List.of(BERLIN, "America/New_York", "Australia/Lord_Howe", "America/Santiago")) {
                Instant from = Instant.parse("2030-01-01T12:00:00Z");
                List<Instant> due = Times.of(schedule(zone, 0, null, time), 1)
                        .upcoming(from, 1_000, from.plus(Duration.ofDays(365)));
                assertEquals(365, due.size(), time + " " + zone);
                for (int i = 1; i < due.size(); i++) {
                    long hours = Duration.between(due.get(i - 1), due.get(i)).toHours();
                    assertTrue(hours >= 22 && hours <= 25, due.get(i) + " " + zone);
                }
            }
        }
    }

    @Test
    void steppingAndAskingAtOnceGiveTheSame() {
        Times times = Times.of(schedule(BERLIN, 45, new Window("20:00", "06:00"), "*/20 * * * *", "7 3 * * 0"), 99);
        Instant at = Instant.parse("2030-03-29T00:00:00Z");
        List<Instant> stepped = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            at = times.next(at).orElseThrow();
            stepped.add(at);
        }
        assertEquals(times.upcoming(Instant.parse("2030-03-29T00:00:00Z"), 150, Instant.MAX), stepped);
    }

    @Test
    void machinesAreSpreadOverTheJitterEachAlwaysAtTheSamePlace() {
        Schedule schedule = schedule(null, 60, null, "0 2 * * *");
        Instant from = Instant.parse("2030-01-01T00:00:00Z");
        List<Long> minutes = LongStream.range(2, 602)
                .map(system -> Duration.between(
                                Instant.parse("2030-01-01T02:00:00Z"),
                                Times.of(schedule, system).next(from).orElseThrow())
                        .toMinutes())
                .boxed()
                .toList();
        assertTrue(minutes.stream().allMatch(minute -> minute >= 0 && minute < 60));
        for (int quarter = 0; quarter < 4; quarter++) {
            long first = quarter * 15L;
            long count =
                    minutes.stream().filter(minute -> minute / 15 * 15 == first).count();
            assertTrue(count > 110 && count < 190, count + " in quarter " + quarter);
        }
        assertEquals(Times.of(schedule, 17).next(from), Times.of(schedule, 17).next(from));
        assertNotEquals(
                Times.of(schedule, 17).next(from), Times.of(schedule, 18).next(from));
    }

    @Test
    void timesOutsideTheWindowAreNotDueAndJitterStaysInside() {
        assertDue(
                schedule(null, 0, new Window("22:00", "06:00"), "0 */4 * * *"),
                "2030-01-01T00:00:00Z",
                "2030-01-01T04:00:00Z",
                "2030-01-02T00:00:00Z");
        for (long system = 2; system < 300; system++) {
            Instant due = Times.of(schedule(null, 240, new Window("01:00", "03:00"), "30 2 * * *"), system)
                    .next(Instant.parse("2030-01-01T00:00:00Z"))
                    .orElseThrow();
            assertTrue(due.isBefore(Instant.parse("2030-01-01T03:00:00Z")), due.toString());
        }
    }

    @Test
    void theWindowKnowsMidnight() {
        Times night = Times.of(schedule(null, 0, new Window("22:00", "06:00"), "0 0 * * *"), 1);
        assertTrue(night.open(Instant.parse("2030-01-01T23:00:00Z")));
        assertTrue(night.open(Instant.parse("2030-01-01T05:59:59Z")));
        assertFalse(night.open(Instant.parse("2030-01-01T06:00:00Z")));
        assertFalse(night.open(Instant.parse("2030-01-01T12:00:00Z")));
    }

    @Test
    void aTimeThatNeverComesIsNone() {
        assertEquals(List.of(), Times.of(schedule(null, 0, null), 1).upcoming(Instant.EPOCH, 10, Instant.MAX));
    }

    private static void assertDue(Schedule schedule, String after, String... due) {
        List<String> found = Times.of(schedule, 1).upcoming(Instant.parse(after), due.length, Instant.MAX).stream()
                .map(Instant::toString)
                .toList();
        assertEquals(List.of(due), found);
    }

    private static Schedule schedule(String zone, int jitter, Window window, String... times) {
        return new Schedule(List.of(times), zone, jitter, window, null);
    }
}
