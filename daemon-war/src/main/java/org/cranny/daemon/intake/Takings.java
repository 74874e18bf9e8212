package org.cranny.daemon.intake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cranny.daemon.identity.Home;
import org.cranny.protocol.grant.Allotment;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Holds every source to its allotment: so many octets kept here, so many taken in on one day (UTC). Puts that run
 * side by side count from their first octet. Written every few seconds and at a gentle stop.
 */
public final class Takings {
    private final Path file;
    private final Clock clock;
    private final Map<Long, Long> underWay = new HashMap<>();
    private final Map<Long, Long> today = new TreeMap<>();
    private LocalDate day;
    private String written;

    public Takings(Home home, Clock clock) throws IOException {
        this.file = home.state("taken");
        this.clock = clock;
        this.day = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        if (Files.exists(file)) {
            Files.readAllLines(file).forEach(this::read);
        }
    }

    /** One put under way; what is not kept is given back when it is closed. */
    final class Taking implements AutoCloseable {
        private final long source;
        private final long bytes;

        private Taking(long source, long bytes) {
            this.source = source;
            this.bytes = bytes;
        }

        void keep() {
            synchronized (Takings.this) {
                turnDay();
                today.merge(source, bytes, Long::sum);
            }
        }

        @Override
        public void close() {
            synchronized (Takings.this) {
                underWay.merge(source, -bytes, Long::sum);
            }
        }
    }

    /** @throws ProblemException when the allotment does not reach */
    synchronized Taking begin(Allotment right, long bytes, long keptBytes) {
        turnDay();
        long source = right.source().number();
        long pending = underWay.getOrDefault(source, 0L) + bytes;
        if (keptBytes + pending > right.bytes()) {
            throw new ProblemException(
                    ProblemKind.ALLOTMENT_USED_UP,
                    "of " + right.bytes() + " octets that this source may keep here, " + keptBytes + " are used");
        }
        if (today.getOrDefault(source, 0L) + pending > right.bytesPerDay()) {
            throw new ProblemException(
                    ProblemKind.ALLOTMENT_USED_UP,
                    "this source may send " + right.bytesPerDay() + " octets a day, and has for today");
        }
        underWay.merge(source, bytes, Long::sum);
        return new Taking(source, bytes);
    }

    /** Writes them down, if anything was taken since. */
    public synchronized void keep() throws IOException {
        String lines = today.entrySet().stream()
                .map(taken -> day + " " + taken.getKey() + " " + taken.getValue() + "\n")
                .collect(Collectors.joining());
        if (!lines.equals(written)) {
            Home.replace(file, lines.getBytes(StandardCharsets.US_ASCII));
            written = lines;
        }
    }

    private void turnDay() {
        LocalDate now = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        if (!now.equals(day)) {
            day = now;
            today.clear();
        }
    }

    private void read(String line) {
        String[] parts = line.split(" ");
        if (parts[0].equals(day.toString())) {
            today.put(Long.valueOf(parts[1]), Long.valueOf(parts[2]));
        }
    }
}
