package org.cranny.central.dump;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.cranny.central.dump.Pieces.Piece;
import org.cranny.central.repair.Sound;
import org.cranny.central.system.HostStatus;
import org.cranny.engine.placement.Placement;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.masterfile.Host;

/** Writes pieces of dumps to hosts until each is on as many as are wanted. Hosts that fail are left out from then on. */
final class Writing implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(Writing.class.getName());

    private final Pieces pieces;
    private final DumpHosts shelf;
    private final Sound sound;
    private final Placement placement;
    private final int copies;
    private final Path part;

    /** @param self central's number @param copies that are wanted of each piece @param part where a piece lies on its way */
    Writing(Pieces pieces, DumpHosts shelf, Sound sound, long self, RandomGenerator random, int copies, Path part) {
        this.pieces = pieces;
        this.shelf = shelf;
        this.sound = sound;
        this.placement =
                new Placement(sound.hosts().values().stream().map(Writing::host).toList(), self, random);
        this.copies = copies;
        this.part = part;
    }

    /**
     * Sees to it that a piece is on enough hosts, each in another failure domain; a host that has it already counts.
     *
     * @return how many hosts got it
     * @throws IOException when there are not enough; what was written is registered
     */
    int write(Piece piece, byte[] octets) throws IOException {
        List<Host> avoided = new ArrayList<>();
        int missing = copies;
        for (DumpPieceRow row : pieces.of(piece)) {
            if (sound.hosts().containsKey(row.host())) {
                avoided.add(host(sound.hosts().get(row.host())));
            }
            missing -= row.kept() && sound.counts(row.host()) ? 1 : 0;
        }
        if (missing > 0) {
            Files.write(part, octets);
        }
        int made = 0;
        while (made < missing) {
            Host host = placement.pick(1, octets.length, avoided).get(0);
            try {
                shelf.put(host, piece.fragment(), part);
                avoided.add(host);
                pieces.keep(piece, host.id());
                made++;
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "a piece of the dump goes elsewhere: {0}", e.getMessage());
                placement.fail(host);
            }
        }
        return made;
    }

    /** A piece from a host that keeps it, also from one that does not count; empty when none gives it as it was. */
    Optional<byte[]> read(Piece piece) {
        for (DumpPieceRow row : pieces.of(piece)) {
            if (row.kept() && sound.answers(row.host())) {
                Host host = host(sound.hosts().get(row.host()));
                try {
                    byte[] octets = shelf.read(host, piece.fragment(), Math.toIntExact(piece.length()));
                    if (FragmentHasher.of(octets).equals(piece.fragment())) {
                        return Optional.of(octets);
                    }
                    pieces.lost(row);
                    LOGGER.log(Level.WARNING, "{0} has other octets than a piece of the dump", host.name());
                } catch (IOException e) {
                    LOGGER.log(Level.WARNING, "a piece of the dump is read elsewhere: {0}", e.getMessage());
                }
            }
        }
        return Optional.empty();
    }

    static Host host(HostStatus status) {
        return new Host(
                status.number(),
                status.name(),
                status.address(),
                status.freeBytes(),
                status.quotaBytes(),
                status.rating(),
                status.availability(),
                status.domain(),
                status.state());
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "a piece of the dump cannot be deleted: {0}", e.toString());
        }
        shelf.close();
    }
}
