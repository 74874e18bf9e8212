package org.cranny.engine.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.cranny.engine.index.PackTable;
import org.cranny.engine.segment.SegmentRef;
import org.cranny.engine.snapshot.PackHistory;
import org.cranny.engine.source.Source;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.snapshot.PackClass;
import org.cranny.protocol.snapshot.PackEntry;

/**
 * Chooses packs that are worth sealing anew: of which the new snapshot needs less than half, the emptiest first, as far as
 * no more than a tenth of what the snapshot needs is moved, and no more than 1 GiB.
 *
 * <p>Nothing is chosen before a snapshot was forgotten: the old packs go when no snapshot that names them can be had any
 * more, and until then both lie on hosts. What is needed of old packs by snapshots that were signed before stays theirs;
 * so a source cannot take anything away from them, whoever has its key.
 */
final class Compaction {
    private static final long MOST_OCTETS = 1L << 30;
    private static final int PART_OF_ALL = 10;

    private Compaction() {}

    private record Sparse(int ordinal, long alive, long whole) {
        double share() {
            return (double) alive / whole;
        }
    }

    /** @return ordinals of the packs to move */
    static Set<Integer> choose(Source source, Needs needs, PackHistory history) throws IOException {
        if (!history.whole() || source.snapshots().forgotten().isEmpty()) {
            return Set.of();
        }
        PackTable packs = source.index().packs();
        List<Sparse> sparse = new ArrayList<>();
        long all = 0;
        for (Map.Entry<FragmentId, PackEntry> each : history.newest().entrySet()) {
            long alive = needs.octets(each.getKey());
            OptionalInt ordinal = packs.ordinal(each.getKey());
            if (alive > 0 && ordinal.isPresent() && each.getValue().packClass() != PackClass.INDEX) {
                all += alive;
                long whole = packs.row(ordinal.getAsInt()).segments().stream()
                        .mapToLong(SegmentRef::rawLength)
                        .sum();
                if (alive * 2 < whole) {
                    sparse.add(new Sparse(ordinal.getAsInt(), alive, whole));
                }
            }
        }
        sparse.sort(Comparator.comparingDouble(Sparse::share));
        Set<Integer> chosen = new HashSet<>();
        long left = Math.min(MOST_OCTETS, all / PART_OF_ALL);
        for (Sparse each : sparse) {
            if (each.alive() <= left) {
                left -= each.alive();
                chosen.add(each.ordinal());
            }
        }
        return chosen;
    }
}
