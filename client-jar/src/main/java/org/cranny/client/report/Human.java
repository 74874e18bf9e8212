package org.cranny.client.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** Numbers as people read them: sizes with three digits, times in two units at most. */
public final class Human {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    private Human() {}

    /** For example {@code 999 B}, {@code 1.23 GB}, {@code 12.3 MB}, {@code 123 kB}; powers of a thousand. */
    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return (unit == 0 ? String.valueOf(bytes) : threeDigits(value)) + " " + UNITS[unit];
    }

    public static String rate(double bytesPerSecond) {
        return bytes(Math.round(bytesPerSecond)) + "/s";
    }

    /** For example {@code 12,345}. */
    public static String count(long number) {
        StringBuilder digits = new StringBuilder(Long.toString(number));
        int first = number < 0 ? 1 : 0;
        for (int at = digits.length() - 3; at > first; at -= 3) {
            digits.insert(at, ',');
        }
        return digits.toString();
    }

    /** For example {@code 1 file}, {@code 12,345 files}. */
    public static String count(long number, String noun) {
        return count(number, noun, noun + "s");
    }

    /** For example {@code 1 copy}, {@code 12,345 copies}. */
    public static String count(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /** For example {@code 0.4 s}, {@code 34 s}, {@code 2 min 5 s}, {@code 3 h 20 min}, {@code 2 d 4 h}. */
    public static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 10) {
            return decimal(duration.toMillis() / 1000.0, 1) + " s";
        }
        return duration(seconds);
    }

    /** Whole seconds only, for times that are guesses. */
    public static String duration(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        if (seconds < 86_400) {
            return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
        }
        return seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
    }

    /** For example {@code 2026-11-23 01:02}, where this machine is. */
    public static String time(Instant instant, ZoneId zone) {
        LocalDateTime minute = LocalDateTime.ofInstant(instant, zone).truncatedTo(ChronoUnit.MINUTES);
        return minute.toString().replace('T', ' ');
    }

    private static String threeDigits(double value) {
        return decimal(value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
    }

    /** With so many decimals. Java's own formatter knows all languages, and loading them takes longer than the rest. */
    private static String decimal(double value, int decimals) {
        return BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
