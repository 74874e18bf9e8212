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
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Holds every source to its allotment: so many octets kept here, so many taken in on one day (UTC). Puts that run
 * side by side count from their first octet. What one realm keeps here never counts for another. Written every few seconds and at a gentle stop.
 */
public final class Takings {
    private final Path file;
    private final Clock clock;
    private final RealmId own;
    private final Map<String, Long> underWay = new HashMap<>();
    private final Map<RealmId, Long> realmsUnderWay = new HashMap<>();
    private final Map<String, Long> today = new TreeMap<>();
    private LocalDate day;
    private String written;

    /** @param own realm, whose sources are written down by their numbers alone */
    public Takings(Home home, RealmId own, Clock clock) throws IOException {
        this.own = own;
        this.file = home.state("taken");
        this.clock = clock;
        this.day = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        if (!Files.notExists(file)) {
            read();
        }
    }

    /** One put under way; what is not kept is given back when it is closed. */
    final class Taking implements AutoCloseable {
        private final String source;
        private final RealmId realm;
        private final long bytes;

        private Taking(String source, RealmId realm, long bytes) {
            this.source = source;
            this.realm = realm;
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
                realmsUnderWay.merge(realm, -bytes, Long::sum);
            }
        }
    }

    /** What is kept here already. @param ofSource octets @param ofRealm of all its sources @param quota of that realm */
    record Kept(long ofSource, long ofRealm, long quota) {}

    /** @throws ProblemException when the allotment does not reach, or the realm's quota */
    synchronized Taking begin(Allotment right, long bytes, Kept kept) {
        turnDay();
        String source = name(right.source());
        RealmId realm = right.source().realm();
        long keptBytes = kept.ofSource();
        long realmPending = realmsUnderWay.getOrDefault(realm, 0L) + bytes;
        if (realmPending > kept.quota() - kept.ofRealm()) {
            throw new ProblemException(
                    ProblemKind.HOST_FULL,
                    "of " + kept.quota() + " octets that are lent to this realm here, " + kept.ofRealm() + " are used");
        }
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
        realmsUnderWay.merge(realm, bytes, Long::sum);
        return new Taking(source, realm, bytes);
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

    private void read() throws IOException {
        try {
            Files.readAllLines(file).forEach(this::read);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IOException(file + " is damaged: delete it, and what was taken in today counts anew", e);
        }
    }

    private void read(String line) {
        String[] parts = line.split(" ");
        if (parts[0].equals(day.toString())) {
            today.put(parts[1], Long.valueOf(parts[2]));
        }
    }

    private String name(SystemId source) {
        return source.realm().equals(own) ? Long.toString(source.number()) : source.uri();
    }
}
