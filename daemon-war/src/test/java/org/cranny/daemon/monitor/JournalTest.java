package org.cranny.daemon.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.cranny.protocol.heartbeat.Peer;
import org.cranny.protocol.heartbeat.Seen;
import org.cranny.protocol.heartbeat.Seen.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path folder;

    private final AtomicLong dropped = new AtomicLong();
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("state").resolve("looks");
    }

    @Test
    void looksOutliveARestart() throws IOException {
        Journal journal = open();
        journal.add(look(1, Outcome.REACHED));
        journal.add(look(2, Outcome.WRONG_IDENTITY));
        journal.add(look(3, Outcome.TIMED_OUT));
        journal.remove(List.of(look(1, Outcome.REACHED)));
        assertEquals(List.of(look(2, Outcome.WRONG_IDENTITY), look(3, Outcome.TIMED_OUT)), open().oldest(10));
    }

    @Test
    void reportedLooksDoNotComeBack() throws IOException {
        Journal journal = open();
        journal.add(look(1, Outcome.REACHED));
        journal.remove(journal.oldest(10));
        assertEquals(List.of(), open().oldest(10));
        assertEquals(0, Files.size(file));
    }

    @Test
    void tornLineIsPassedOver() throws IOException {
        open().add(look(1, Outcome.REACHED));
        Files.writeString(file, "1900000002 8 REA", StandardOpenOption.APPEND);
        assertEquals(List.of(look(1, Outcome.REACHED)), open().oldest(10));
    }

    @Test
    void dropsAndCountsTheOldestAndStaysSmall() throws IOException {
        Journal journal = open();
        IntStream.range(0, 3 * Journal.MOST).forEach(second -> journal.add(look(second, Outcome.REFUSED)));
        assertEquals(2 * Journal.MOST, dropped.get());
        assertEquals(2 * Journal.MOST, journal.oldest(1).get(0).time());
        assertTrue(Files.size(file) < 2L * Journal.MOST * 24, "the file is bounded");
        assertEquals(Journal.MOST, open().oldest(Integer.MAX_VALUE).size());
        assertEquals(2 * Journal.MOST, open().oldest(1).get(0).time());
    }

    @Test
    void turnGoesRoundAmongThosePeersThatWereNamedLastAndOutlivesARestart() throws IOException {
        Path peers = folder.resolve("state").resolve("peers");
        Rotation rotation = new Rotation(peers);
        rotation.name(List.of(peer(2), peer(3), peer(4), peer(5), peer(6)));
        assertEquals(5, rotation.next(4).size(), "all that were named");
        rotation.name(List.of(peer(7)));
        assertEquals(List.of(peer(7)), rotation.next(4));
        Rotation again = new Rotation(peers);
        Set<Peer> seen = new HashSet<>(again.next(4));
        seen.addAll(again.next(4));
        assertEquals(6, seen.size(), "two turns of four go round among six");
        IntStream.range(10, 200).forEach(number -> again.name(List.of(peer(number))));
        assertEquals(Rotation.MOST, Files.readAllLines(peers).size());
    }

    private Journal open() throws IOException {
        return new Journal(file, dropped::incrementAndGet);
    }

    private static Peer peer(long number) {
        return new Peer(number, "https://10.0.0." + number + ":9443");
    }

    private static Seen look(long second, Outcome outcome) {
        return new Seen(8, second, outcome, 5);
    }
}
