package org.cranny.central.placement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.cranny.central.database.Database;
import org.cranny.central.system.Systems;
import org.cranny.protocol.fragment.FragmentId;

/**
 * What central does to copies that lie on hosts: puts them away, brings them back, drops what is gone.
 *
 * <ul>
 *   <li>A copy is put away in the database before its host hears of it, with its source locked: whoever counts copies
 *       counts it no more, and nobody relies on what is about to go.
 *   <li>A row of a copy is dropped only after its host said that the octets are gone.
 *   <li>A pack with a copy that is put away, and every pack that was copied, is told to its source.
 * </ul>
 */
@ApplicationScoped
public class Upkeep {
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

    /**
     * Puts copies of one pack away, when the rule still holds for what is so now.
     *
     * @param rule judges the pack as it is, with its source locked
     * @return whether they were
     */
    public boolean discard(KeptPack seen, Set<Long> copies, Predicate<KeptPack> rule) {
        return database.durably(entities -> {
            systems.lock(seen.source());
            List<KeptPack> now = KeptPacks.read(entities, List.of(seen.id()));
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

    /** Octets of copies on a host that were put away, of packs that live: they have copies enough elsewhere. */
    public long leaving(long host) {
        Number bytes = database.read(entities -> entities.createQuery(
                        "select sum(f.length) from FragmentRow f, PackRow p where p.id = f.pack"
                                + " and f.host = :host and f.state <> :kept and p.state = :live",
                        Number.class)
                .setParameter("host", host)
                .setParameter("kept", FragmentRow.State.KEPT)
                .setParameter("live", PackRow.State.LIVE)
                .getSingleResult());
        return bytes == null ? 0 : bytes.longValue();
    }

    /** Of {@link #leaving}, those in the trash of a host, the oldest first. */
    public List<Discarded> trashedOn(long host, int limit) {
        return leaving(host, FragmentRow.State.TRASH, limit);
    }

    private List<Discarded> leaving(long host, FragmentRow.State state, int limit) {
        return database.read(entities -> entities.createQuery(
                        "select f, p.source from FragmentRow f, PackRow p where p.id = f.pack and f.host = :host"
                                + " and f.state = :state and p.state = :live order by f.stateMillis, f.id",
                        Object[].class)
                .setParameter("host", host)
                .setParameter("state", state)
                .setParameter("live", PackRow.State.LIVE)
                .setMaxResults(limit)
                .getResultStream()
                .map(Upkeep::discarded)
                .toList());
    }

    /** Of {@link #leaving}, those that a host has still to put into its trash, the oldest first. */
    public List<Discarded> trashingOn(long host, int limit) {
        return leaving(host, FragmentRow.State.TRASHING, limit);
    }

    /** Copies whose hosts have still to put them into the trash; of packs that a brake holds none. */
    public List<Discarded> trashing(int limit) {
        return discarded(FragmentRow.State.TRASHING, Long.MAX_VALUE, limit);
    }

    /** Copies that have been in the trash since before; of packs that a brake holds none. */
    public List<Discarded> trashedBefore(Instant before, int limit) {
        return discarded(FragmentRow.State.TRASH, before.toEpochMilli(), limit);
    }

    private List<Discarded> discarded(FragmentRow.State state, long beforeMillis, int limit) {
        return database.read(entities -> entities.createQuery(
                        "select f, p.source from FragmentRow f, PackRow p where p.id = f.pack and f.state = :state"
                                + " and f.stateMillis <= :before and (p.state = :live or not exists (select b.id"
                                + " from BrakeRow b where b.openKey is not null"
                                + " and (b.source = p.source or b.source is null))) order by f.stateMillis, f.id",
                        Object[].class)
                .setParameter("state", state)
                .setParameter("before", beforeMillis)
                .setParameter("live", PackRow.State.LIVE)
                .setMaxResults(limit)
                .getResultStream()
                .map(Upkeep::discarded)
                .toList());
    }

    private static Discarded discarded(Object[] row) {
        FragmentRow fragment = (FragmentRow) row[0];
        return new Discarded(fragment.id(), (Long) row[1], fragment.host(), fragment.fragment(), fragment.length());
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
}
