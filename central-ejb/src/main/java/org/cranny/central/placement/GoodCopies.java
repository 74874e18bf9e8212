package org.cranny.central.placement;

import java.util.Collection;
import java.util.stream.Collectors;

/** Words of SQL that say which copies count. */
final class GoodCopies {
    /** Of a pack {@code p}: a snapshot names it. */
    static final String LIVE = "p.state = 'LIVE' and p.from_version is not null";

    /** Of a pack {@code p}: it is in {@link Doubts doubt}. H2 would go through what is 0, too, for what is more than that. */
    static final String UNSURE = "p.unsure >= 1";

    /**
     * Packs {@code p} that a host keeps a copy of, each once; the host is a parameter. Said so that every database begins
     * with what the host keeps, not with all packs.
     */
    static final String KEPT_BY = " from (select distinct pack from fragment where host = ? and state = 'KEPT') h"
            + " join pack p on p.id = h.pack";

    private GoodCopies() {}

    /** Of a pack {@code p} and a fragment {@code f}: it is a copy that counts. @param bad hosts whose copies do not */
    static String of(Collection<Long> bad) {
        String numbers = bad.isEmpty() ? "0" : bad.stream().map(String::valueOf).collect(Collectors.joining(","));
        return "f.pack = p.id and f.state = 'KEPT' and f.host not in (" + numbers + ")";
    }

    /** A cell, or the only cell of a row. */
    static long number(Object cell) {
        return ((Number) (cell instanceof Object[] several ? several[0] : cell)).longValue();
    }
}
