package org.cranny.daemon.trash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.cranny.daemon.capacity.Room;
import org.cranny.daemon.identity.Home;

/**
 * How much leaves the trash before its time, because less is lent now than is kept. What the owner took back at this machine
 * goes at once. What only central asks for goes little by little: a central in the wrong hands empties no host sooner than
 * the trash would have let go. What goes is on the disk as gone before it is deleted. Octets; days are those of this
 * machine's own clock. A day that began later than now, because the clock was set back, begins anew with what is left of
 * its share.
 *
 * <p>Invariant: in a day that begins with so much kept, no more than the day's share of the trash's time goes for central
 * alone, a begun fragment aside.
 */
final class EarlyDeletions {
    private static final Duration DAY = Duration.ofDays(1);

    private final Path file;
    private final Room room;
    private final Duration time;
    private final Clock clock;
    private Instant began = Instant.EPOCH;
    private long share;
    private long gone;

    /** @param time for which the trash holds what nobody wants room for */
    EarlyDeletions(Home home, Room room, Duration time, Clock clock) throws IOException {
        this.file = home.state("early-deletions");
        this.room = room;
        this.time = time;
        this.clock = clock;
        if (!Files.notExists(file)) {
            read(Files.readString(file, StandardCharsets.US_ASCII));
        }
    }

    private void read(String line) throws IOException {
        String[] parts = line.strip().split(" ");
        try {
            began = Instant.ofEpochSecond(Long.parseLong(parts[0]));
            share = Long.parseLong(parts[1]);
            gone = Long.parseLong(parts[2]);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException | DateTimeException e) {
            throw new IOException(file + " is damaged: delete it", e);
        }
    }

    /** Whether a fragment may go now; if so, it counts as gone. */
    synchronized boolean take(long length) throws IOException {
        if (room.overOwnBytes() > 0) {
            return true;
        }
        if (room.overBytes() == 0) {
            return false;
        }
        turnDay();
        if (gone >= share) {
            return false;
        }
        gone += length;
        Home.replace(
                file, (began.getEpochSecond() + " " + share + " " + gone + "\n").getBytes(StandardCharsets.US_ASCII));
        return true;
    }

    private void turnDay() {
        Instant now = clock.instant();
        if (now.isBefore(began)) {
            began = now;
        }
        if (now.isBefore(began.plus(DAY))) {
            return;
        }
        began = now;
        long days = Math.max(1, time.toDays());
        share = (room.keptBytes() + days - 1) / days;
        gone = 0;
    }
}
