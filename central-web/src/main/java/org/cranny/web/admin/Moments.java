package org.cranny.web.admin;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people say them, seen from {@code now}; the exact one is for the hover. */
final class Moments {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter WEEKDAY = DateTimeFormatter.ofPattern("EEEE HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter EXACT =
            DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy, HH:mm:ss XXX", Locale.ENGLISH);

    private final ZonedDateTime now;

    Moments(Instant now, ZoneId zone) {
        this.now = now.atZone(zone);
    }

    /** "just now", "3 minutes ago", "Today 12:40", "Yesterday 12:41", "Friday 12:40", "9 Nov 2026". */
    String said(Instant when) {
        Duration ago = Duration.between(when, now);
        if (!ago.isNegative() && ago.toSeconds() < 60) {
            return "just now";
        }
        if (!ago.isNegative() && ago.toMinutes() < 60) {
            return ago.toMinutes() == 1 ? "1 minute ago" : ago.toMinutes() + " minutes ago";
        }
        return day(when.atZone(now.getZone()));
    }

    private String day(ZonedDateTime when) {
        LocalDate today = now.toLocalDate();
        LocalDate date = when.toLocalDate();
        if (date.equals(today)) {
            return "Today " + CLOCK.format(when);
        }
        if (date.equals(today.minusDays(1))) {
            return "Yesterday " + CLOCK.format(when);
        }
        boolean thisWeek = date.isBefore(today) && date.isAfter(today.minusDays(7));
        return thisWeek ? WEEKDAY.format(when) : DAY.format(when);
    }

    String exact(Instant when) {
        return EXACT.format(when.atZone(now.getZone()));
    }
}
