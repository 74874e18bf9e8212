package org.cranny.central.placement;

import java.util.List;
import java.util.Set;
import org.cranny.protocol.snapshot.Held;
import org.cranny.protocol.snapshot.Placement;

/**
 * A live pack and who keeps it.
 *
 * @param id of its row
 * @param n copies that its source wants
 * @param copies those that are kept, whatever their hosts are worth
 * @param elsewhere hosts that had it and put it away
 */
public record KeptPack(
        long id,
        long source,
        String pack,
        String packClass,
        long length,
        int k,
        int n,
        List<PackCopy> copies,
        Set<Long> elsewhere) {

    /** As a source would report one more copy. */
    public Placement with(int number, String receipt) {
        return new Placement(pack, packClass, length, k, n, List.of(new Held(number, receipt)));
    }
}
