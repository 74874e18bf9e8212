package org.cranny.daemon.reclaim;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Properties;
import org.cranny.daemon.identity.Home;
import org.cranny.protocol.heartbeat.Capacity;

/**
 * What is lent and kept, as the daemon wrote it down last. Octets.
 *
 * @param lentBytes the most that is kept for others
 * @param keptBytes what is kept, the trash too
 * @param leftBytes what still fits
 * @param overBytes what is kept beyond what is lent
 */
record Space(long lentBytes, long keptBytes, long fragments, long leftBytes, long overBytes) {
    static final String FILE = "space";
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    static Space of(Capacity capacity, long overBytes) {
        return new Space(
                capacity.quotaBytes(),
                capacity.keptBytes(),
                capacity.fragments(),
                capacity.availableBytes(),
                overBytes);
    }

    String text() {
        return "lent=" + lentBytes + "\nkept=" + keptBytes + "\nfragments=" + fragments + "\nleft=" + leftBytes
                + "\nover=" + overBytes + "\n";
    }

    /** @throws IOException with a sentence for the owner, when no daemon wrote it yet */
    static Space read(Home home) throws IOException {
        if (Files.notExists(home.state(FILE))) {
            throw new IOException("nothing is known of the room yet: start the daemon (cranny-daemon run) first");
        }
        Properties lines = Home.properties(home.state(FILE));
        try {
            return new Space(
                    number(lines, "lent"),
                    number(lines, "kept"),
                    number(lines, "fragments"),
                    number(lines, "left"),
                    number(lines, "over"));
        } catch (NumberFormatException e) {
            throw new IOException(home.state(FILE) + " is damaged: delete it, the daemon writes it anew", e);
        }
    }

    private static long number(Properties lines, String name) {
        return Long.parseLong(lines.getProperty(name, ""));
    }

    /** One sentence, or two while room is wanted back. */
    String sentence() {
        String sentence = said(keptBytes) + " of " + said(lentBytes) + " lent are kept for others, in " + fragments
                + (fragments == 1 ? " fragment" : " fragments") + ".";
        return overBytes > 0
                ? sentence + " " + said(overBytes) + " of it is wanted back: copies are made elsewhere first."
                : sentence + " " + said(leftBytes) + " more would fit.";
    }

    /** Decimal units: {@code 999 B}, {@code 1.2 GB}. */
    static String said(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1_000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }
}
