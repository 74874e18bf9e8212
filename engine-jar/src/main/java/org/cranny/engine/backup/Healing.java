package org.cranny.engine.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.cranny.engine.placement.Holding;
import org.cranny.engine.snapshot.PackHistory;
import org.cranny.engine.source.Source;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.snapshot.PackClass;
import org.cranny.protocol.snapshot.PackEntry;

/**
 * Makes up for packs that no host has any more. Of tree and index packs this machine and central have a copy: that one is
 * put on hosts again, as it is, so that every snapshot that names it is whole. The chunks of data packs are unknown from
 * then on, so that the backup reads their files again and seals in new packs what it finds unchanged; since snapshots name
 * chunks by what is in them, those of before find them there.
 */
final class Healing {
    private final Source source;
    private final Catalogue catalogue;
    private final Spreading spreading;
    private final BackupListener listener;

    Healing(Source source, Catalogue catalogue, Spreading spreading, BackupListener listener) {
        this.source = source;
        this.catalogue = catalogue;
        this.spreading = spreading;
        this.listener = listener;
    }

    /** Puts one pack on hosts. */
    interface Spreading {
        List<Holding.Fragment> spread(SpooledPack pack) throws IOException, InterruptedException;
    }

    /** @throws IOException also when too few hosts take a pack; then nothing is unknown that was known */
    void heal(Collection<FragmentId> gone) throws IOException, InterruptedException {
        PackHistory history = source.snapshots().history();
        List<FragmentId> lost = new ArrayList<>();
        int sent = 0;
        for (FragmentId pack : gone) {
            Optional<PackEntry> entry = source.holdings().of(pack).map(Holding::pack);
            if (entry.isPresent() && history.isNeeded(pack) && sendAgain(entry.get())) {
                sent++;
            } else {
                lost.add(pack);
            }
        }
        source.holdings().sync();
        if (sent > 0) {
            listener.notice(sent + " packs of folders were gone from their hosts, and are there again.");
        }
        source.lost(lost);
    }

    private boolean sendAgain(PackEntry pack) throws IOException, InterruptedException {
        if (pack.packClass() == PackClass.DATA || !isHere(pack)) {
            return false;
        }
        Path file = source.packs().file(pack.pack());
        source.holdings().add(pack, spreading.spread(new SpooledPack(pack, file)));
        return true;
    }

    /** Whether this machine has its octets, if need be from central. */
    private boolean isHere(PackEntry pack) throws IOException {
        FragmentId id = pack.pack();
        if (source.packs().has(id)
                && FragmentHasher.of(Files.readAllBytes(source.packs().file(id)))
                        .equals(id)) {
            return true;
        }
        try {
            byte[] octets = catalogue.readPack(id, 0, Math.toIntExact(pack.length()));
            if (!FragmentHasher.of(octets).equals(id)) {
                return false;
            }
            Path spooled = source.spool().resolve(id.toString());
            Files.write(spooled, octets);
            source.packs().keep(id, spooled);
            return true;
        } catch (IOException | ProblemException notThere) {
            return false;
        }
    }
}
