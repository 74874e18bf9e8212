package org.cranny.daemon.scrub;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Properties;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.shelf.Shelf.Item;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.SystemId;

/**
 * How far the scrub is, in {@code state/scrub}: a restart goes on from there.
 *
 * @param began when this round began, or is to begin
 * @param last the fragment that was read last in it, or null
 * @param bytes octets read in it
 * @param wrong fragments found wrong in it
 * @param ended when the round before was at its end, or null
 * @param foundWrong fragments found wrong in the round before
 */
record Round(Instant began, Item last, long bytes, long wrong, Instant ended, long foundWrong) {
    static final String FILE = "scrub";

    static Round first(Instant now) {
        return new Round(now, null, 0, 0, null, 0);
    }

    Round read(Item item, long octets, boolean right) {
        return new Round(began, item, bytes + octets, right ? wrong : wrong + 1, ended, foundWrong);
    }

    /** The next one. */
    Round next(Instant now, Instant begins) {
        return new Round(begins, null, 0, 0, now, wrong);
    }

    /** What cannot be understood begins anew: nothing is lost by reading once more. */
    static Round load(Home home, Instant now) {
        if (Files.notExists(home.state(FILE))) {
            return first(now);
        }
        try {
            Properties lines = Home.properties(home.state(FILE));
            String source = lines.getProperty("source");
            String ended = lines.getProperty("ended");
            return new Round(
                    Instant.parse(lines.getProperty("began", "")),
                    source == null
                            ? null
                            : new Item(SystemId.ofUri(source), FragmentId.of(lines.getProperty("fragment"))),
                    Long.parseLong(lines.getProperty("bytes", "0")),
                    Long.parseLong(lines.getProperty("wrong", "0")),
                    ended == null ? null : Instant.parse(ended),
                    Long.parseLong(lines.getProperty("found-wrong", "0")));
        } catch (IOException | DateTimeException | IllegalArgumentException e) {
            return first(now);
        }
    }

    void store(Home home) throws IOException {
        String text = "began=" + began + "\nbytes=" + bytes + "\nwrong=" + wrong + "\nfound-wrong=" + foundWrong + "\n"
                + (last == null ? "" : "source=" + last.source() + "\nfragment=" + last.id() + "\n")
                + (ended == null ? "" : "ended=" + ended + "\n");
        Home.replace(home.state(FILE), text.getBytes(StandardCharsets.UTF_8));
    }
}
