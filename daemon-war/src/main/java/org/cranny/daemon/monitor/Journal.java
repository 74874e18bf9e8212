package org.cranny.daemon.monitor;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cranny.daemon.identity.Home;
import org.cranny.protocol.heartbeat.Seen;
import org.cranny.protocol.heartbeat.Seen.Outcome;

/**
 * Keeps looks until central has them, over restarts: a text file of at most twice {@link #MOST} lines, one look each.
 * It outlives the end of the process; a power cut may cost the last few. When it is full the oldest look is dropped,
 * and counted. A line that cannot be read is passed over. Thread-safe.
 *
 * <p>Line: second, number of the system, outcome, milliseconds, with blanks between.
 */
final class Journal {
    /** Looks that are kept. */
    static final int MOST = 10_000;

    private static final Logger LOG = System.getLogger(Journal.class.getName());

    private final Path file;
    private final Runnable dropped;
    private final Deque<Seen> looks = new ArrayDeque<>();
    private int lines;

    /** @param dropped is run for each look that is lost because there were too many */
    Journal(Path file, Runnable dropped) throws IOException {
        this.file = file;
        this.dropped = dropped;
        if (!Files.notExists(file)) {
            try (Stream<String> all = Files.lines(file, StandardCharsets.ISO_8859_1)) {
                all.forEach(this::read);
            }
        }
        rewrite();
    }

    synchronized void add(Seen look) {
        if (looks.size() == MOST) {
            looks.removeFirst();
            dropped.run();
        }
        looks.addLast(look);
        try {
            if (lines >= 2 * MOST) {
                rewrite();
            } else {
                append(look);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a look is in memory only", e);
        }
    }

    /** The oldest looks, at most so many. */
    synchronized List<Seen> oldest(int most) {
        List<Seen> oldest = new ArrayList<>(Math.min(most, looks.size()));
        for (Seen look : looks) {
            if (oldest.size() == most) {
                break;
            }
            oldest.add(look);
        }
        return oldest;
    }

    /** Forgets these looks; some of them may have been dropped meanwhile. */
    synchronized void remove(List<Seen> reported) {
        for (Seen look : reported) {
            if (look.equals(looks.peekFirst())) {
                looks.removeFirst();
            }
        }
        try {
            rewrite();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "looks that were reported are still in the journal", e);
        }
    }

    private void read(String line) {
        parse(line).ifPresent(look -> {
            if (looks.size() == MOST) {
                looks.removeFirst();
            }
            looks.addLast(look);
        });
    }

    private void append(Seen look) throws IOException {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.APPEND)) {
            out.write(ByteBuffer.wrap(octets(look)));
        }
        lines++;
    }

    private void rewrite() throws IOException {
        if (looks.isEmpty() && !Files.notExists(file)) {
            try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
                out.truncate(0);
            }
        } else {
            StringBuilder text = new StringBuilder();
            looks.forEach(look -> text.append(line(look)));
            Home.replace(file, text.toString().getBytes(StandardCharsets.US_ASCII));
        }
        lines = looks.size();
    }

    private static byte[] octets(Seen look) {
        return line(look).getBytes(StandardCharsets.US_ASCII);
    }

    private static String line(Seen look) {
        return look.time() + " " + look.system() + " " + look.outcome() + " " + look.millis() + "\n";
    }

    private static Optional<Seen> parse(String line) {
        String[] words = line.split(" ");
        try {
            return words.length == 4
                    ? Optional.of(new Seen(
                            Long.parseLong(words[1]),
                            Long.parseLong(words[0]),
                            Outcome.valueOf(words[2]),
                            Long.parseLong(words[3])))
                    : Optional.empty();
        } catch (IllegalArgumentException torn) {
            return Optional.empty();
        }
    }
}
