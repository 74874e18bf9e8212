package org.cranny.web.pages.words;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people say them, seen from {@code now}; the exact one is for the hover. */
public final class Moments {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter WEEKDAY = DateTimeFormatter.ofPattern("EEEE HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter EXACT =
            DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy, HH:mm:ss XXX", Locale.ENGLISH);

    private final ZonedDateTime now;

    public Moments(Instant now, ZoneId zone) {
        this.now = now.atZone(zone);
    }

    /** "just now", "3 minutes ago", "Today 12:40", "Yesterday 12:41", "Friday 12:40", "9 Nov 2026". */
    public String said(Instant when) {
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

    /** Of a time that comes: "in 3 minutes", "Today 14:00", "Tomorrow 14:00", "Saturday 14:00", "9 Dec 2026, 14:00". */
    public String coming(Instant when) {
        Duration left = Duration.between(now, when.atZone(now.getZone()));
        if (left.toMinutes() < 60) {
            long minutes = Math.max(1, left.toMinutes());
            return "in " + counted(minutes, "minute");
        }
        LocalDate today = now.toLocalDate();
        ZonedDateTime then = when.atZone(now.getZone());
        LocalDate date = then.toLocalDate();
        if (date.equals(today)) {
            return "Today " + CLOCK.format(then);
        }
        if (date.equals(today.plusDays(1))) {
            return "Tomorrow " + CLOCK.format(then);
        }
        return date.isBefore(today.plusDays(7)) ? WEEKDAY.format(then) : DAY.format(then) + ", " + CLOCK.format(then);
    }

    /** As {@link #said(Instant)}; the word "never" for null. */
    public String saidOr(Instant when, String never) {
        return when == null ? never : said(when);
    }

    /** "1 minute", "3 hours", "9 days": the time that has passed since. */
    public String age(Instant since) {
        return span(Duration.between(since, now));
    }

    /** "40 s", "3 min", "2 h", "9 days". */
    public static String left(long seconds) {
        if (seconds < 90) {
            return Math.max(0, seconds) + " s";
        }
        return seconds < 5_400 ? Math.round(seconds / 60.0) + " min" : Math.round(seconds / 3_600.0) + " h";
    }

    private static String span(Duration time) {
        long minutes = Math.max(0, time.toMinutes());
        if (minutes < 60) {
            return counted(minutes, "minute");
        }
        return minutes < 48 * 60 ? counted(minutes / 60, "hour") : counted(minutes / (24 * 60), "day");
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** Empty for null. */
    public String exact(Instant when) {
        return when == null ? "" : EXACT.format(when.atZone(now.getZone()));
    }

    public ZonedDateTime now() {
        return now;
    }
}
