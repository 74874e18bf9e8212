package org.cranny.central.placement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.cranny.central.database.Database;

/**
 * Finds the packs that have too few or too many copies. It looks among the packs in {@link Doubts doubt} alone, which an
 * index finds: a round of repair reads what changed since the last one, not all packs.
 */
@ApplicationScoped
public class Survey {
    private static final int SETTLED_AT_ONCE = 10_000;

    private final Database database;

    protected Survey() {
        this(null);
    }

    @Inject
    public Survey(Database database) {
        this.database = database;
    }

    /** Takes note of whose copies do not count now; what other hosts keep stays as it was. */
    public void weigh(Collection<Long> bad) {
        for (long host : database.read(entities -> new Doubts(entities).turned(bad))) {
            long after = 0;
            do {
                long from = after;
                after = database.durably(entities -> new Doubts(entities).castOn(host, from));
            } while (after > 0);
            database.durably(entities -> {
                new Doubts(entities).count(host, !bad.contains(host));
                return null;
            });
        }
    }

    /** Looks at packs in doubt and settles those that have as many good copies as is wanted, some thousands at a time. */
    public void settle(Collection<Long> bad) {
        database.durably(entities -> {
            Doubts doubts = new Doubts(entities);
            doubts.settle(entities.createNativeQuery("select p.id, p.unsure from pack p left join fragment f on "
                            + GoodCopies.of(bad)
                            + " where " + GoodCopies.UNSURE + " and " + GoodCopies.LIVE
                            + " and p.k = 1 group by p.id, p.unsure, p.n"
                            + " having count(f.id) = p.n order by p.unsure, p.id")
                    .setMaxResults(SETTLED_AT_ONCE)
                    .getResultList());
            doubts.settle(entities.createNativeQuery("select p.id, p.unsure from pack p where " + GoodCopies.UNSURE + ""
                            + " and (p.state in ('TRASH', 'GONE') or p.k > 1) order by p.unsure, p.id")
                    .setMaxResults(SETTLED_AT_ONCE)
                    .getResultList());
            return null;
        });
    }

    /**
     * Committed packs with fewer good copies than their source wants, those with the fewest first.
     *
     * @param bad hosts whose copies do not count, as {@link #weigh} heard of them
     */
    public List<KeptPack> wanting(Collection<Long> bad, int from, int limit) {
        return database.read(entities -> {
            Query query = entities.createNativeQuery("select p.id, count(f.id) as good from pack p"
                    + " left join fragment f on " + GoodCopies.of(bad) + " where " + GoodCopies.UNSURE + " and "
                    + GoodCopies.LIVE
                    + " and p.k = 1 group by p.id, p.n having count(f.id) < p.n order by good, p.id");
            List<Long> ids = new ArrayList<>();
            for (Object row : query.setFirstResult(from).setMaxResults(limit).getResultList()) {
                ids.add(GoodCopies.number(row));
            }
            return KeptPacks.read(entities, ids);
        });
    }

    /** Committed packs of which a host keeps a copy and others too few, in the order of their rows. @param bad this host too */
    public List<KeptPack> wantingOn(long host, Collection<Long> bad, int limit) {
        return database.read(entities -> {
            Query query = entities.createNativeQuery(GoodCopies.wantingOn(bad, " and p.k = 1") + " order by h.pack")
                    .setParameter(1, host);
            List<Long> ids = new ArrayList<>();
            for (Object row : query.setMaxResults(limit).getResultList()) {
                ids.add(GoodCopies.number(row));
            }
            return KeptPacks.read(entities, ids);
        });
    }

    /** Committed packs that a host keeps a copy of, in the order of their rows. @param after row, 0 to begin */
    public List<KeptPack> keptBy(long host, long after, int limit) {
        return database.read(entities -> KeptPacks.read(
                entities,
                entities.createQuery(
                                "select distinct p.id from PackRow p, FragmentRow f where f.pack = p.id and f.host = :host"
                                        + " and f.state = org.cranny.central.placement.FragmentRow.State.KEPT"
                                        + " and p.id > :after order by p.id",
                                Long.class)
                        .setParameter("host", host)
                        .setParameter("after", after)
                        .setMaxResults(limit)
                        .getResultList()));
    }

    /** Packs with more copies than their source wants, at good hosts. */
    public List<KeptPack> surplus(Collection<Long> bad, int limit) {
        return surplus("", bad, limit);
    }

    /** As {@link #surplus}, of which this host keeps a copy, in the order of their rows. @param after row, 0 to begin */
    public List<KeptPack> surplusOn(long host, Collection<Long> bad, long after, int limit) {
        return surplus(
                " and p.id > " + after + " and exists (select 1 from fragment h where h.pack = p.id and h.host = "
                        + host + " and h.state = 'KEPT')",
                bad,
                limit);
    }

    private List<KeptPack> surplus(String which, Collection<Long> bad, int limit) {
        return database.read(entities -> {
            Query query = entities.createNativeQuery("select p.id from pack p join fragment f on " + GoodCopies.of(bad)
                    + " where " + GoodCopies.UNSURE + " and " + GoodCopies.LIVE + which
                    + " and p.k = 1 group by p.id, p.n having count(f.id) > p.n order by p.id");
            List<Long> ids = new ArrayList<>();
            for (Object row : query.setMaxResults(limit).getResultList()) {
                ids.add(GoodCopies.number(row));
            }
            return KeptPacks.read(entities, ids);
        });
    }
}
