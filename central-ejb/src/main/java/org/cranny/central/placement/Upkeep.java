package org.cranny.central.placement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.cranny.central.database.Database;
import org.cranny.central.system.Systems;
import org.cranny.protocol.fragment.FragmentId;

/**
 * What central may do to packs that lie on hosts: see which have too few copies, and put copies away that nobody needs.
 *
 * <ul>
 *   <li>A copy is put away in the database before its host hears of it, with its source locked: whoever counts copies
 *       counts it no more, and nobody relies on what is about to go.
 *   <li>A row of a copy is dropped only after its host said that the octets are gone.
 *   <li>A pack with a copy that is put away, and every pack that was copied, is told to its source.
 *   <li>What has too few or too many copies is found among the packs in {@link Doubts doubt} alone, which an index
 *       finds: a round of repair reads what changed since the last one, not all packs.
 * </ul>
 */
@ApplicationScoped
public class Upkeep {
    private static final int SETTLED_AT_ONCE = 10_000;
    private static final String LIVE = "p.state = 'LIVE' and p.from_version is not null";

    private final Database database;
    private final Systems systems;
    private final Clock clock;

    protected Upkeep() {
        this(null, null, null);
    }

    @Inject
    public Upkeep(Database database, Systems systems, Clock clock) {
        this.database = database;
        this.systems = systems;
        this.clock = clock;
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
            doubts.settle(
                    entities.createNativeQuery("select p.id, p.unsure from pack p left join fragment f on " + good(bad)
                                    + " where p.unsure > 0 and " + LIVE + " and p.k = 1 group by p.id, p.unsure, p.n"
                                    + " having count(f.id) = p.n order by p.unsure, p.id")
                            .setMaxResults(SETTLED_AT_ONCE)
                            .getResultList());
            doubts.settle(entities.createNativeQuery("select p.id, p.unsure from pack p where p.unsure > 0"
                            + " and (p.state in ('TRASH', 'GONE') or p.k > 1) order by p.unsure, p.id")
                    .setMaxResults(SETTLED_AT_ONCE)
                    .getResultList());
            return null;
        });
    }

    /** How many committed packs wait for copies. @param bad hosts whose copies do not count */
    public long wanting(Collection<Long> bad) {
        return database.read(
                entities -> number(entities.createNativeQuery("select count(*) from (select p.id from pack p"
                                + " left join fragment f on " + good(bad) + " where p.unsure > 0 and " + LIVE
                                + " and p.k = 1 group by p.id, p.n having count(f.id) < p.n) t")
                        .getSingleResult()));
    }

    /**
     * Committed packs with fewer good copies than their source wants, those with the fewest first.
     *
     * @param bad hosts whose copies do not count, as {@link #weigh} heard of them
     */
    public List<KeptPack> wanting(Collection<Long> bad, int from, int limit) {
        return database.read(entities -> {
            Query query = entities.createNativeQuery("select p.id, count(f.id) as good from pack p"
                    + " left join fragment f on " + good(bad) + " where p.unsure > 0 and " + LIVE
                    + " and p.k = 1 group by p.id, p.n having count(f.id) < p.n order by good, p.id");
            List<Long> ids = new ArrayList<>();
            for (Object row : query.setFirstResult(from).setMaxResults(limit).getResultList()) {
                ids.add(number(((Object[]) row)[0]));
            }
            return packs(entities, ids);
        });
    }

    /** Committed packs that a host keeps a copy of, in the order of their rows. @param after row, 0 to begin */
    public List<KeptPack> keptBy(long host, long after, int limit) {
        return database.read(entities -> packs(
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
        return database.read(entities -> {
            Query query = entities.createNativeQuery("select p.id from pack p join fragment f on " + good(bad)
                    + " where p.unsure > 0 and " + LIVE
                    + " and p.k = 1 group by p.id, p.n having count(f.id) > p.n order by p.id");
            List<Long> ids = new ArrayList<>();
            for (Object row : query.setMaxResults(limit).getResultList()) {
                ids.add(number(row instanceof Object[] several ? several[0] : row));
            }
            return packs(entities, ids);
        });
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
                + " from pack p left join fragment f on " + good(bad) + " where " + LIVE + which
                + " group by p.id, p.n, p.length) t group by t.good, t.n order by t.good, t.n";
    }

    private static List<CopyCount> read(Collection<?> rows) {
        List<CopyCount> counts = new ArrayList<>();
        for (Object row : rows) {
            Object[] cells = (Object[]) row;
            counts.add(
                    new CopyCount((int) number(cells[0]), (int) number(cells[1]), number(cells[2]), number(cells[3])));
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
            Object wanting = entities.createNativeQuery("select count(*) from (select p.id from pack p"
                            + " join fragment h on h.pack = p.id and h.host = ? and h.state = 'KEPT'"
                            + " left join fragment f on " + good(bad) + " where " + LIVE
                            + " group by p.id, p.n having count(distinct f.id) < p.n) t")
                    .setParameter(1, host)
                    .getSingleResult();
            return new long[] {
                number(kept[0]), number(kept[1]), number(wanting instanceof Object[] several ? several[0] : wanting)
            };
        });
    }

    /**
     * Puts copies of one pack away, when the rule still holds for what is so now.
     *
     * @param rule judges the pack as it is, with its source locked
     * @return whether they were
     */
    public boolean discard(KeptPack seen, Set<Long> copies, Predicate<KeptPack> rule) {
        return database.durably(entities -> {
            systems.lock(seen.source());
            List<KeptPack> now = packs(entities, List.of(seen.id()));
            if (now.isEmpty() || !rule.test(now.get(0))) {
                return false;
            }
            put(entities, copies);
            entities.find(PackRow.class, seen.id()).move(Movements.next(entities));
            new Doubts(entities).cast(List.of(seen.id()));
            return true;
        });
    }

    private void put(EntityManager entities, Collection<Long> copies) {
        for (long copy : copies) {
            FragmentRow row = entities.find(FragmentRow.class, copy);
            if (row != null && row.kept()) {
                row.become(FragmentRow.State.TRASHING, clock.millis());
            }
        }
    }

    /** Copies whose hosts have still to put them into the trash. */
    public List<Discarded> trashing(int limit) {
        return discarded(FragmentRow.State.TRASHING, Long.MAX_VALUE, limit);
    }

    /** Copies that have been in the trash since before. */
    public List<Discarded> trashedBefore(Instant before, int limit) {
        return discarded(FragmentRow.State.TRASH, before.toEpochMilli(), limit);
    }

    private List<Discarded> discarded(FragmentRow.State state, long beforeMillis, int limit) {
        return database.read(entities -> entities.createQuery(
                        "select f, p.source from FragmentRow f, PackRow p where p.id = f.pack and f.state = :state"
                                + " and f.stateMillis <= :before order by f.stateMillis, f.id",
                        Object[].class)
                .setParameter("state", state)
                .setParameter("before", beforeMillis)
                .setMaxResults(limit)
                .getResultStream()
                .map(row -> {
                    FragmentRow fragment = (FragmentRow) row[0];
                    return new Discarded(
                            fragment.id(), (Long) row[1], fragment.host(), fragment.fragment(), fragment.length());
                })
                .toList());
    }

    /** Those of these copies that are still in this state. */
    List<Discarded> still(List<Discarded> copies, FragmentRow.State state) {
        return database.read(entities -> copies.stream()
                .filter(copy -> {
                    FragmentRow row = entities.find(FragmentRow.class, copy.id());
                    return row != null && row.state() == state;
                })
                .toList());
    }

    /** Copies that were put away of packs that are in the trash as a whole. */
    List<Discarded> away(long source, Collection<FragmentId> packs) {
        return database.read(entities -> {
            Registry registry = new Registry(entities, source);
            List<Long> trashed = registry
                    .packs(packs.stream().map(FragmentId::toString).toList())
                    .values()
                    .stream()
                    .filter(row -> row.state() == PackRow.State.TRASH)
                    .map(PackRow::id)
                    .toList();
            return registry.fragments(trashed).values().stream()
                    .flatMap(Collection::stream)
                    .filter(FragmentRow::away)
                    .map(row -> new Discarded(row.id(), source, row.host(), row.fragment(), row.length()))
                    .toList();
        });
    }

    /** Notes that hosts have copies out of their trash again: their packs live. */
    void broughtBack(Collection<Long> copies) {
        database.durably(entities -> {
            for (long copy : copies) {
                FragmentRow row = entities.find(FragmentRow.class, copy);
                if (row != null && row.away()) {
                    PackRow pack = entities.find(PackRow.class, row.pack());
                    systems.lock(pack.source());
                    row.become(FragmentRow.State.KEPT, clock.millis());
                    pack.revive();
                    pack.move(Movements.next(entities));
                }
            }
            return null;
        });
    }

    /** Notes that copies are in their hosts' trash now. */
    public void trashed(Collection<Long> copies) {
        database.durably(entities -> {
            for (long copy : copies) {
                FragmentRow row = entities.find(FragmentRow.class, copy);
                if (row != null && row.state() == FragmentRow.State.TRASHING) {
                    row.become(FragmentRow.State.TRASH, clock.millis());
                }
            }
            return null;
        });
    }

    /**
     * Drops copies whose hosts said that they are gone. A pack in the trash whose last copy went is gone.
     *
     * @param epochs the epoch in which its source is to hear that it is gone
     * @return ids of the packs that are gone now
     */
    public List<String> gone(Collection<Long> copies, Map<Long, Long> epochs) {
        return database.durably(entities -> {
            List<String> gone = new ArrayList<>();
            for (long copy : copies) {
                FragmentRow row = entities.find(FragmentRow.class, copy);
                if (row != null && row.state() != FragmentRow.State.KEPT) {
                    entities.remove(row);
                    entities.flush();
                    if (close(entities, row.pack(), epochs)) {
                        gone.add(entities.find(PackRow.class, row.pack()).pack());
                    }
                }
            }
            return gone;
        });
    }

    private boolean close(EntityManager entities, long id, Map<Long, Long> epochs) {
        PackRow pack = entities.find(PackRow.class, id);
        long left = entities.createQuery("select count(f) from FragmentRow f where f.pack = :pack", Long.class)
                .setParameter("pack", id)
                .getSingleResult();
        if (left == 0 && pack.state() == PackRow.State.TRASH) {
            pack.lose(epochs.getOrDefault(pack.source(), 0L), clock.instant().getEpochSecond());
            return true;
        }
        return false;
    }

    /** Marks live packs as needed by nothing, at the first look; what is marked already stays as it is. */
    public int condemn(Collection<Long> packs) {
        return database.durably(entities -> {
            int marked = 0;
            for (long id : packs) {
                PackRow pack = entities.find(PackRow.class, id);
                if (pack.live()) {
                    pack.condemn(clock.millis());
                    marked++;
                }
            }
            return marked;
        });
    }

    /** Takes the mark off packs that something needs. */
    public void reprieve(Collection<Long> packs) {
        database.durably(entities -> {
            for (long id : packs) {
                PackRow pack = entities.find(PackRow.class, id);
                if (pack.condemned()) {
                    pack.revive();
                }
            }
            new Doubts(entities).cast(packs);
            return null;
        });
    }

    /** Puts condemned packs away with all their copies; their source is locked. */
    public void trash(Collection<Long> packs, Map<Long, Long> epochs) {
        database.durably(entities -> {
            for (long id : packs) {
                PackRow pack = entities.find(PackRow.class, id);
                if (pack.condemned()) {
                    pack.trash();
                    List<Long> copies = entities.createQuery(
                                    "select f.id from FragmentRow f where f.pack = :pack", Long.class)
                            .setParameter("pack", id)
                            .getResultList();
                    put(entities, copies);
                    close(entities, id, epochs);
                }
            }
            return null;
        });
    }

    private static List<KeptPack> packs(EntityManager entities, List<Long> ids) {
        Map<Long, List<FragmentRow>> fragments = new Registry(entities, 0).fragments(ids);
        List<KeptPack> packs = new ArrayList<>();
        for (long id : ids) {
            PackRow row = entities.find(PackRow.class, id);
            List<FragmentRow> all = fragments.getOrDefault(id, List.of());
            if (row != null && row.live()) {
                packs.add(new KeptPack(
                        id,
                        row.source(),
                        row.pack(),
                        row.packClass().name(),
                        row.length(),
                        row.k(),
                        row.n(),
                        all.stream().filter(FragmentRow::kept).map(Upkeep::copy).toList(),
                        all.stream()
                                .filter(FragmentRow::away)
                                .map(FragmentRow::host)
                                .collect(Collectors.toSet())));
            }
        }
        return packs;
    }

    private static PackCopy copy(FragmentRow row) {
        return new PackCopy(row.id(), row.number(), row.host(), row.fragment(), row.length());
    }

    private static String good(Collection<Long> bad) {
        String numbers = bad.isEmpty() ? "0" : bad.stream().map(String::valueOf).collect(Collectors.joining(","));
        return "f.pack = p.id and f.state = 'KEPT' and f.host not in (" + numbers + ")";
    }

    private static long number(Object cell) {
        return ((Number) (cell instanceof Object[] several ? several[0] : cell)).longValue();
    }
}
