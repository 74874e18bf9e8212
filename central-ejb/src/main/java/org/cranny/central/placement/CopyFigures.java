package org.cranny.central.placement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.cranny.central.database.Database;

/** Counts packs and their copies. */
@ApplicationScoped
public class CopyFigures {
    private final Database database;

    protected CopyFigures() {
        this(null);
    }

    @Inject
    public CopyFigures(Database database) {
        this.database = database;
    }

    /** How many committed packs wait for copies. @param bad hosts whose copies do not count */
    public long wanting(Collection<Long> bad) {
        return database.read(
                entities -> GoodCopies.number(entities.createNativeQuery("select count(*) from (select p.id from pack p"
                                + " left join fragment f on " + GoodCopies.of(bad) + " where " + GoodCopies.UNSURE
                                + " and "
                                + GoodCopies.LIVE
                                + " and p.k = 1 group by p.id, p.n having count(f.id) < p.n) t")
                        .getSingleResult()));
    }

    /** How many committed packs have how many good copies: reads all packs. @param bad hosts whose copies do not count */
    public List<CopyCount> counts(Collection<Long> bad) {
        return database.read(
                entities -> read(entities.createNativeQuery(counting(bad, "")).getResultList()));
    }

    /** How many of a source's committed packs have how many good copies. @param bad hosts whose copies do not count */
    public List<CopyCount> counts(long source, Collection<Long> bad) {
        return database.read(entities -> read(entities.createNativeQuery(counting(bad, " and p.source = ?"))
                .setParameter(1, source)
                .getResultList()));
    }

    private static String counting(Collection<Long> bad, String which) {
        return "select t.good, t.n, count(*), sum(t.length) from (select p.id, p.n, p.length, count(f.id) as good"
                + " from pack p left join fragment f on " + GoodCopies.of(bad) + " where " + GoodCopies.LIVE + which
                + " group by p.id, p.n, p.length) t group by t.good, t.n order by t.good, t.n";
    }

    private static List<CopyCount> read(Collection<?> rows) {
        List<CopyCount> counts = new ArrayList<>();
        for (Object row : rows) {
            Object[] cells = (Object[]) row;
            counts.add(new CopyCount(
                    (int) GoodCopies.number(cells[0]),
                    (int) GoodCopies.number(cells[1]),
                    GoodCopies.number(cells[2]),
                    GoodCopies.number(cells[3])));
        }
        return counts;
    }

    /** Fragments and octets that a host keeps of live packs; of those, how many packs have too few good copies. */
    public long[] load(long host, Collection<Long> bad) {
        return database.read(entities -> {
            Object[] kept = (Object[]) entities.createNativeQuery("select count(*), coalesce(sum(f.length), 0)"
                            + " from fragment f where f.host = ? and f.state = 'KEPT'")
                    .setParameter(1, host)
                    .getSingleResult();
            Object wanting = entities.createNativeQuery(
                            "select count(*) from (" + GoodCopies.wantingOn(bad, "") + ") t")
                    .setParameter(1, host)
                    .getSingleResult();
            return new long[] {GoodCopies.number(kept[0]), GoodCopies.number(kept[1]), GoodCopies.number(wanting)};
        });
    }

    /** How many packs of which a host keeps a copy no snapshot names yet. */
    public long unnamed(long host) {
        return database.read(entities -> GoodCopies.number(entities.createNativeQuery("select count(*) from fragment f"
                        + " join pack p on p.id = f.pack where f.host = ? and f.state = 'KEPT'"
                        + " and p.state = 'LIVE' and p.from_version is null")
                .setParameter(1, host)
                .getSingleResult()));
    }
}
