package org.cranny.client.machine;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.cranny.client.central.Central;
import org.cranny.engine.backup.CatalogueAwayException;
import org.cranny.engine.placement.Holding;
import org.cranny.engine.placement.Places;
import org.cranny.engine.snapshot.PackHistory;
import org.cranny.engine.source.Source;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.snapshot.MovedPlacements;
import org.cranny.protocol.snapshot.Placement;

/**
 * Learns which packs central had moved to other hosts, who holds those of which nothing is known here any more, and which
 * snapshots nobody can have again. Central away is no obstacle: what is known stays.
 */
final class Moves {
    private static final int MOST_PAGES = 10_000;
    private static final int PAGE = 1_000;

    private Moves() {}

    /** @param keep whether to write it down; only whoever has the home for himself may */
    static void learn(Source source, Machine machine, boolean keep) throws IOException {
        try {
            Central central = machine.central();
            if (!source.knowsHolders()) {
                learnAgain(source, central, keep);
            }
            long cursor = source.moves();
            for (int page = 0; page < MOST_PAGES; page++) {
                MovedPlacements moved = central.moved(cursor);
                for (Placement placement : moved.packs()) {
                    Holding elsewhere = Places.of(placement);
                    if (keep) {
                        source.holdings().move(elsewhere);
                    } else {
                        source.holdings().look(elsewhere);
                    }
                }
                if (keep && moved.cursor() != cursor) {
                    source.moves(moved.cursor());
                }
                cursor = moved.cursor();
                source.snapshots().hear(moved.forgotten());
                if (!moved.more()) {
                    return;
                }
            }
        } catch (CatalogueAwayException away) {
            return;
        }
    }

    /** Of all packs that snapshots need which can be had. */
    private static void learnAgain(Source source, Central central, boolean keep) throws IOException {
        PackHistory history = source.snapshots().history();
        Set<FragmentId> needless = Set.copyOf(history.needless());
        String after = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            List<Placement> placements = central.placements(after, PAGE).packs();
            if (placements == null || placements.isEmpty()) {
                break;
            }
            for (Placement placement : placements) {
                FragmentId pack = FragmentId.of(placement.pack());
                if (history.first(pack) > 0 && !needless.contains(pack)) {
                    source.holdings().learn(Places.of(placement), keep);
                }
            }
            after = placements.get(placements.size() - 1).pack();
        }
        if (keep) {
            source.holdings().sync();
        }
    }
}
