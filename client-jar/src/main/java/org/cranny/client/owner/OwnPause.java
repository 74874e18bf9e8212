package org.cranny.client.owner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.cranny.client.home.DurableFiles;
import org.cranny.client.home.Home;

/**
 * The pause of this machine's agent: while it lasts the agent begins nothing, and gives back what it was doing. Its owner
 * begins and ends it; it ends by itself after {@link #LONGEST} at most, so that nobody is without backups for ever because
 * of a button.
 */
public final class OwnPause {
    public static final Duration LONGEST = Duration.ofDays(7);

    private final Path file;
    private final Clock clock;

    /** From when until when. */
    public record Span(Instant since, Instant until) {}

    public OwnPause(Home home, Clock clock) {
        this.file = home.pauseFile();
        this.clock = clock;
    }

    /** Empty while there is none, also when it is over or its file is damaged. */
    public Optional<Span> now() {
        Instant now = clock.instant();
        return read().filter(span -> !span.since().isAfter(now) && span.until().isAfter(now));
    }

    /**
     * Begins a pause, in place of one that there is.
     *
     * @throws IllegalArgumentException when it is longer than allowed, or takes no time
     */
    public Span begin(Duration length) throws IOException {
        if (length.compareTo(LONGEST) > 0 || length.toSeconds() < 1) {
            throw new IllegalArgumentException("A pause lasts " + LONGEST.toDays()
                    + " days at most, so that backups do not stop for ever. Write for example 2h or 3d.");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Span span = new Span(now, now.plus(length));
        DurableFiles.write(file, (span.since() + " " + span.until() + "\n").getBytes(StandardCharsets.US_ASCII));
        return span;
    }

    /** @return whether there was one */
    public boolean end() throws IOException {
        boolean was = now().isPresent();
        Files.deleteIfExists(file);
        return was;
    }

    private Optional<Span> read() {
        try {
            String[] words =
                    Files.readString(file, StandardCharsets.US_ASCII).strip().split(" ");
            Span span = new Span(Instant.parse(words[0]), Instant.parse(words[words.length - 1]));
            boolean fits = Duration.between(span.since(), span.until()).compareTo(LONGEST) <= 0;
            return fits ? Optional.of(span) : Optional.empty();
        } catch (IOException | DateTimeException none) {
            return Optional.empty();
        }
    }
}
