package org.cranny.client.machine;

import java.io.IOException;
import org.cranny.client.central.Central;
import org.cranny.engine.backup.CatalogueAwayException;
import org.cranny.engine.placement.Holding;
import org.cranny.engine.placement.Places;
import org.cranny.engine.source.Source;
import org.cranny.protocol.snapshot.MovedPlacements;
import org.cranny.protocol.snapshot.Placement;

/** Learns which packs central had moved to other hosts. Central away is no obstacle: what is known stays. */
final class Moves {
    private static final int MOST_PAGES = 10_000;

    private Moves() {}

    /** @param keep whether to write it down; only whoever has the home for himself may */
    static void learn(Source source, Machine machine, boolean keep) throws IOException {
        try {
            Central central = machine.central();
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
                if (!moved.more()) {
                    return;
                }
            }
        } catch (CatalogueAwayException away) {
            return;
        }
    }
}
