package org.cranny.central.placement;

import java.util.Collection;
import java.util.stream.Collectors;

/** Words of SQL that say which copies count. */
final class GoodCopies {
    /** Of a pack {@code p}: a snapshot names it. */
    static final String LIVE = "p.state = 'LIVE' and p.from_version is not null";

    /** Of a pack {@code p}: it is in {@link Doubts doubt}. H2 would go through what is 0, too, for what is more than that. */
    static final String UNSURE = "p.unsure >= 1";

    private GoodCopies() {}

    /** Of a pack {@code p} and a fragment {@code f}: it is a copy that counts. @param bad hosts whose copies do not */
    static String of(Collection<Long> bad) {
        return "f.pack = p.id and " + counts(bad);
    }

    /**
     * Rows of packs, each once, of which a host keeps a copy and others too few; the host is a parameter. Said without a
     * join, so that every database begins with what the host keeps, not with all packs.
     *
     * @param bad hosts whose copies do not count
     * @param which more words about a pack {@code p}, or none
     */
    static String wantingOn(Collection<Long> bad, String which) {
        return "select distinct h.pack from fragment h where h.host = ? and h.state = 'KEPT'"
                + " and (select count(*) from fragment f where f.pack = h.pack and " + counts(bad) + ")"
                + " < (select p.n from pack p where p.id = h.pack and " + LIVE + which + ")";
    }

    private static String counts(Collection<Long> bad) {
        String numbers = bad.isEmpty() ? "0" : bad.stream().map(String::valueOf).collect(Collectors.joining(","));
        return "f.state = 'KEPT' and f.host not in (" + numbers + ")";
    }

    /** A cell, or the only cell of a row. */
    static long number(Object cell) {
        return ((Number) (cell instanceof Object[] several ? several[0] : cell)).longValue();
    }
}
