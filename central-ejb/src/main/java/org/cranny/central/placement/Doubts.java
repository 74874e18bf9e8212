package org.cranny.central.placement;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which packs repair has to look at. Whatever changes copies casts a doubt in the same transaction; a look that finds a
 * pack in order settles it.
 *
 * <ul>
 *   <li>Casting writes what is waiting to be written, fragments too, which takes hold of their hosts' rows: whoever locks
 *       hosts does so before.
 *   <li>A pack with too few or too many good copies is in doubt, whatever else is.
 *   <li>Every doubt has a number of its own, and only the doubt that a look has seen is settled by it.
 *   <li>A host whose copies begin or cease to count casts doubt on all that it keeps, once.
 * </ul>
 */
final class Doubts {
    private static final int AT_ONCE = 500;
    private static final int ROWS_AT_ONCE = 5_000;

    private final EntityManager entities;

    Doubts(EntityManager entities) {
        this.entities = entities;
    }

    /** Copies of these packs changed. */
    void cast(Collection<Long> packs) {
        if (!packs.isEmpty()) {
            long number = Movements.next(entities);
            for (List<Long> some : slices(packs)) {
                entities.createNativeQuery("update pack set unsure = ? where id in (" + list(some) + ")")
                        .setParameter(1, number)
                        .executeUpdate();
            }
        }
    }

    /** Hosts whose copies counted at the last look and do not now, or the other way round. */
    List<Long> turned(Collection<Long> bad) {
        String numbers = bad.isEmpty() ? "0" : list(bad);
        List<Long> turned = new ArrayList<>();
        for (Object row : entities.createNativeQuery(
                        "select h.number from host h where (h.counted = 1 and h.number in (" + numbers
                                + ")) or (h.counted = 0 and h.number not in (" + numbers + ")) order by h.number")
                .getResultList()) {
            turned.add(number(row));
        }
        return turned;
    }

    /** Casts doubt on what a host keeps, some packs at a time. @param after row of a pack, 0 to begin @return the last one, or 0 when there are no more */
    long castOn(long host, long after) {
        List<?> rows = entities.createNativeQuery("select f.pack from fragment f where f.host = ? and f.pack > ?"
                        + " and f.state = 'KEPT' order by f.pack")
                .setParameter(1, host)
                .setParameter(2, after)
                .setMaxResults(ROWS_AT_ONCE)
                .getResultList();
        List<Long> packs = new ArrayList<>();
        rows.forEach(row -> packs.add(number(row)));
        cast(packs);
        return packs.isEmpty() ? 0 : packs.get(packs.size() - 1);
    }

    void count(long host, boolean counts) {
        entities.createNativeQuery("update host set counted = ? where number = ?")
                .setParameter(1, counts ? 1 : 0)
                .setParameter(2, host)
                .executeUpdate();
    }

    /** Settles doubts that were seen, as rows of a pack's key and its doubt. */
    void settle(Collection<?> seen) {
        Map<Long, List<Long>> byDoubt = new TreeMap<>();
        for (Object each : seen) {
            Object[] row = (Object[]) each;
            byDoubt.computeIfAbsent(number(row[1]), any -> new ArrayList<>()).add(number(row[0]));
        }
        byDoubt.forEach((doubt, packs) -> {
            for (List<Long> some : slices(packs)) {
                entities.createNativeQuery("update pack set unsure = 0 where unsure = ? and id in (" + list(some) + ")")
                        .setParameter(1, doubt)
                        .executeUpdate();
            }
        });
    }

    private static String list(Collection<Long> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static long number(Object row) {
        return ((Number) (row instanceof Object[] several ? several[0] : row)).longValue();
    }

    private static List<List<Long>> slices(Collection<Long> all) {
        List<Long> sorted = all.stream().distinct().sorted().toList();
        List<List<Long>> slices = new ArrayList<>();
        for (int at = 0; at < sorted.size(); at += AT_ONCE) {
            slices.add(sorted.subList(at, Math.min(sorted.size(), at + AT_ONCE)));
        }
        return slices;
    }
}
