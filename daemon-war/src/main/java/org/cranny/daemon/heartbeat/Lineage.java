package org.cranny.daemon.heartbeat;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.cranny.daemon.identity.Home;
import org.cranny.protocol.heartbeat.Continuity;

/**
 * Remembers what shows central that this daemon made the reports before, and no copy of it or of its disk.
 *
 * <ul>
 *   <li>What names reports is random and in memory alone: a start makes all anew, and starts are counted on the disk.
 *   <li>A receipt is on the disk before central hears of it, so that a crash at any moment leaves a daemon that knows what
 *       central was told. Nothing is written while no receipts are given.
 *   <li>What central may have heard last is never pushed out by newer receipts, however long no report arrives: it hears of
 *       no newer one then.
 * </ul>
 */
final class Lineage {
    private static final Logger LOG = System.getLogger(Lineage.class.getName());
    private static final int OCTETS = 8;

    /** Half of what is named: central's own memory may end a few reports before the last one that arrived. */
    private static final int MOST_UNHEARD = Continuity.MOST / 2;

    private final Path file;
    private final SecureRandom random;
    private final List<String> arrived = new ArrayList<>();
    private List<String> told;
    private String present;
    private String heard;

    /** @param file one hash a line, the newest last */
    Lineage(Path file, SecureRandom random) throws IOException {
        this.file = file;
        this.random = random;
        told = Files.notExists(file) ? null : List.copyOf(Files.readAllLines(file, StandardCharsets.US_ASCII));
    }

    /** What the next report says; the same until it has arrived. @param lastReceipt hex, or null */
    synchronized Continuity next(String lastReceipt) {
        if (present == null) {
            byte[] octets = new byte[OCTETS];
            random.nextBytes(octets);
            present = HexFormat.of().formatHex(octets);
        }
        List<String> before = told;
        tell(lastReceipt);
        return new Continuity(with(arrived, present), before == null ? null : told);
    }

    /** What central may hear of receipts; null for none. */
    synchronized String lastReceipt() {
        return told == null || told.isEmpty() ? null : told.get(told.size() - 1);
    }

    /** Central has this report. */
    synchronized void arrived(Continuity report) {
        if (present != null && report.reports().contains(present)) {
            arrived.clear();
            arrived.addAll(report.reports());
            heard = lastReceipt();
            present = null;
        }
    }

    private void tell(String lastReceipt) {
        boolean isNew = lastReceipt != null && !lastReceipt.equals(lastReceipt()) && unheard() < MOST_UNHEARD;
        if (told != null && !isNew) {
            return;
        }
        List<String> more = told == null ? List.of() : told;
        List<String> next = isNew ? with(more, lastReceipt) : more;
        try {
            Home.replace(file, String.join("\n", next).getBytes(StandardCharsets.US_ASCII));
            told = next;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "central hears of no newer receipt: {0} cannot be written: {1}", file, e);
        }
    }

    /** How many of the receipts that were told central may not have heard of; after a start that may be all. */
    private int unheard() {
        if (told == null) {
            return 0;
        }
        return heard == null ? told.size() : told.size() - 1 - told.lastIndexOf(heard);
    }

    private static List<String> with(List<String> entries, String newest) {
        List<String> all = new ArrayList<>(entries);
        all.add(newest);
        return List.copyOf(all.subList(Math.max(0, all.size() - Continuity.MOST), all.size()));
    }
}
