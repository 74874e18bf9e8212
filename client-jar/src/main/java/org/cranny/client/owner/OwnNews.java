package org.cranny.client.owner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.cranny.client.home.DurableFiles;
import org.cranny.client.home.Home;

/**
 * What happened lately that an owner may want to hear of, whoever did it: {@code news} in the home, a line each, oldest
 * first, the last {@link #MOST}. It is for people: nothing depends on it, and a line that is lost is lost.
 */
public final class OwnNews {
    private static final int MOST = 20;

    private final Path file;
    private final Clock clock;

    /** What can happen. */
    public enum Kind {
        /** A usual backup was made. */
        BACKED_UP,
        /** A usual backup failed; the text says why. */
        FAILED,
        /** Files were brought back by order of an administrator; the text says how many. */
        RESTORED,
        /** This machine was told to take the place of a lost one. */
        RECOVERY
    }

    /** @param text for people, one line, perhaps empty */
    public record Event(Kind kind, Instant when, String text) {}

    public OwnNews(Home home, Clock clock) {
        this.file = home.newsFile();
        this.clock = clock;
    }

    /** Oldest first; lines that cannot be meant are left out. */
    public List<Event> all() {
        List<Event> events = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                String[] words = line.split(" ", 3);
                if (words.length == 3) {
                    events.add(new Event(Kind.valueOf(words[0]), Instant.parse(words[1]), words[2]));
                }
            }
        } catch (IOException | IllegalArgumentException | DateTimeException none) {
            return events;
        }
        return events;
    }

    /** Does not fail: what it is about matters more. */
    public void note(Kind kind, String text) {
        List<Event> events = new ArrayList<>(all());
        events.add(new Event(kind, clock.instant().truncatedTo(ChronoUnit.SECONDS), text.replaceAll("\\s+", " ")));
        StringBuilder lines = new StringBuilder();
        events.subList(Math.max(0, events.size() - MOST), events.size()).forEach(event -> lines.append(event.kind())
                .append(' ')
                .append(event.when())
                .append(' ')
                .append(event.text())
                .append('\n'));
        try {
            DurableFiles.write(file, lines.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException unwritten) {
            // It was for people only.
        }
    }
}
