package org.cranny.client.window;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times as people say them: today at 14:05, yesterday at 09:12, on Friday at 17:52, on 2026-11-03 at 14:05. */
final class People {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final int WEEK = 7;

    private final Clock clock;

    /** @param clock of this machine, with its zone */
    People(Clock clock) {
        this.clock = clock;
    }

    String time(Instant instant) {
        ZonedDateTime then = instant.atZone(clock.getZone());
        long days = ChronoUnit.DAYS.between(LocalDate.now(clock), then.toLocalDate());
        LocalTime time = then.toLocalTime();
        String at = CLOCK.format(time);
        if (days == 0) {
            return Words.say("time.today", at);
        }
        if (days == -1) {
            return Words.say("time.yesterday", at);
        }
        if (days == 1) {
            return Words.say("time.tomorrow", at);
        }
        if (Math.abs(days) < WEEK) {
            return Words.say("time.weekday", then.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH), at);
        }
        return Words.say("time.date", then.toLocalDate(), at);
    }

    /** As the beginning of a line. */
    String timeFirst(Instant instant) {
        String time = time(instant);
        return time.substring(0, 1).toUpperCase(Locale.ROOT) + time.substring(1);
    }

    Instant tomorrow(LocalTime time) {
        return LocalDate.now(clock)
                .plusDays(1)
                .atTime(time)
                .atZone(clock.getZone())
                .toInstant();
    }

    Instant now() {
        return clock.instant();
    }
}
