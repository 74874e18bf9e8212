package org.cranny.central.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads settings by name; what cannot be meant is an {@link IllegalStateException} that names the setting. */
final class Values {
    private static final Duration LONGEST = Duration.ofDays(365_000);

    private final Function<String, Optional<String>> source;

    Values(Function<String, Optional<String>> source) {
        this.source = source;
    }

    /** Without blanks around it; empty when nothing is set, or nothing but blanks. */
    Optional<String> text(String name) {
        return source.apply(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    Optional<Path> path(String name) {
        try {
            return text(name).map(Path::of);
        } catch (InvalidPathException e) {
            throw new IllegalStateException(name + " is no path: " + e.getMessage(), e);
        }
    }

    /** A number of days or the like, of a thousand years at most. */
    Duration duration(String name, ChronoUnit unit, long otherwise) {
        long number = number(name, otherwise);
        if (Math.abs((double) number) * unit.getDuration().toSeconds() > LONGEST.toSeconds()) {
            throw new IllegalStateException(name + " is more than a thousand years: " + number);
        }
        return Duration.of(number, unit);
    }

    /** What stands between commas. */
    List<String> list(String name) {
        return text(name).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /** @param words that are understood; the first one is the default */
    String oneOf(String name, String... words) {
        String text = text(name).orElse(words[0]);
        if (!Arrays.asList(words).contains(text)) {
            throw new IllegalStateException(name + " is one of " + String.join(", ", words) + ", not " + text);
        }
        return text;
    }

    long number(String name, long otherwise) {
        return source.apply(name).map(text -> parse(name, text)).orElse(otherwise);
    }

    private static long parse(String name, String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalStateException(name + " is not a whole number: " + text, e);
        }
    }
}
