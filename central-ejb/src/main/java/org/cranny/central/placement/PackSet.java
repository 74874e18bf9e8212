package org.cranny.central.placement;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.snapshot.PackEntry;

/**
 * A source's packs as its snapshots need them.
 *
 * <ul>
 *   <li>A pack counts as stored when hosts of at least two failure domains hold it, of a coded pack one domain more
 *       than it has parts that are needed; hosts that were revoked or quarantined do not count, nor the source itself.
 *   <li>A pack that was condemned and is added again is live again; one that is in the trash already counts as lost.
 *   <li>A change is made as a whole or not at all: every pack of the new set is stored, or was stored and is not lost.
 * </ul>
 */
final class PackSet {
    private static final int FEWEST_DOMAINS = 2;
    private static final int MOST_NAMED = 10_000;
    private static final String LOST = "select distinct p.pack from FragmentRow l, PackRow p where p.id = l.pack"
            + " and l.state = org.cranny.central.placement.FragmentRow.State.LOST"
            + " and p.source = :source and p.fromVersion is not null"
            + " and p.state = org.cranny.central.placement.PackRow.State.LIVE"
            + " and (select count(f) from FragmentRow f where f.pack = p.id"
            + " and f.state = org.cranny.central.placement.FragmentRow.State.KEPT) < p.k";

    private final EntityManager entities;
    private final long source;

    PackSet(EntityManager entities, long source) {
        this.entities = entities;
        this.source = source;
    }

    /**
     * Adds and removes what a snapshot's manifest says.
     *
     * @param domains failure domains, by number, of the hosts whose word counts
     * @param distrusted numbers of hosts whose word counts no more
     * @throws ProblemException PACKS_MISSING with the ids, BAD_REQUEST when the manifest contradicts the set
     */
    void change(PackChange change, Map<Long, String> domains, Collection<Long> distrusted) {
        Registry registry = new Registry(entities, source);
        List<String> added =
                change.added().stream().map(entry -> entry.pack().toString()).toList();
        List<String> removed =
                change.removed().stream().map(FragmentId::toString).toList();
        refuseBoth(added, removed);
        Map<String, PackRow> rows = registry.packs(added);
        Set<String> missing = new TreeSet<>(notStored(registry, change.added(), rows, domains));
        rows.values().forEach(row -> row.add(change.version()));
        new Doubts(entities).cast(rows.values().stream().map(PackRow::id).toList());
        remove(registry, removed, change.version());
        entities.flush();
        missing.addAll(lost(distrusted));
        if (!missing.isEmpty()) {
            throw new ProblemException(Problem.ofItems(
                    ProblemKind.PACKS_MISSING,
                    missing.size() + " packs of this snapshot are not held by enough hosts",
                    missing.stream().limit(MOST_NAMED).toList()));
        }
    }

    Shares shares(long version) {
        String members = " from PackRow p, FragmentRow f where f.pack = p.id and p.source = :source"
                + " and f.state = org.cranny.central.placement.FragmentRow.State.KEPT"
                + " and p.fromVersion <= :version and (p.toVersion is null or p.toVersion > :version)";
        Map<Long, Long> bytes = new HashMap<>();
        entities.createQuery("select f.host, sum(f.length)" + members + " group by f.host", Object[].class)
                .setParameter("source", source)
                .setParameter("version", version)
                .getResultList()
                .forEach(sum -> bytes.put((Long) sum[0], (Long) sum[1]));
        List<Object[]> fewest = entities.createQuery(
                        "select p.id, count(distinct f.host) as holders" + members + " group by p.id order by holders",
                        Object[].class)
                .setParameter("source", source)
                .setParameter("version", version)
                .setMaxResults(1)
                .getResultList();
        return new Shares(count(version), fewest.isEmpty() ? 0 : (Long) fewest.get(0)[1], bytes);
    }

    List<String> goneSince(long epoch) {
        return entities.createQuery(
                        "select p.pack from PackRow p where p.source = :source and p.goneEpoch >= :epoch"
                                + " and p.state = org.cranny.central.placement.PackRow.State.GONE order by p.pack",
                        String.class)
                .setParameter("source", source)
                .setParameter("epoch", epoch)
                .getResultList();
    }

    /** @see Custody#withoutCopies */
    List<String> withoutCopies(int limit) {
        return entities.createQuery(LOST, String.class)
                .setParameter("source", source)
                .setMaxResults(limit)
                .getResultList();
    }

    private static void refuseBoth(List<String> added, List<String> removed) {
        Set<String> seen = new HashSet<>();
        for (String pack : added) {
            need(seen.add(pack), "it adds a pack twice: " + pack);
        }
        for (String pack : removed) {
            need(seen.add(pack), "it removes a pack twice, or one that it adds: " + pack);
        }
    }

    private static List<String> notStored(
            Registry registry, List<PackEntry> added, Map<String, PackRow> rows, Map<Long, String> domains) {
        Map<Long, List<FragmentRow>> held =
                registry.fragments(rows.values().stream().map(PackRow::id).toList());
        List<String> missing = new ArrayList<>();
        for (PackEntry entry : added) {
            PackRow row = rows.get(entry.pack().toString());
            if (row != null && row.condemned()) {
                row.revive();
            }
            if (row == null || !row.live() || !agrees(row, entry) || !stored(row, held.get(row.id()), domains)) {
                missing.add(entry.pack().toString());
            }
        }
        return missing;
    }

    private static boolean agrees(PackRow row, PackEntry entry) {
        return row.agrees(
                entry.packClass(),
                entry.length(),
                entry.redundancy().k(),
                entry.redundancy().n());
    }

    private static boolean stored(PackRow row, List<FragmentRow> held, Map<Long, String> domains) {
        Set<String> holding = new HashSet<>();
        Set<Integer> numbers = new HashSet<>();
        for (FragmentRow fragment : held == null ? List.<FragmentRow>of() : held) {
            String domain = domains.get(fragment.host());
            if (domain != null && fragment.kept()) {
                holding.add(domain);
                numbers.add(fragment.number());
            }
        }
        return row.k() == 1 ? holding.size() >= FEWEST_DOMAINS : holding.size() > row.k() && numbers.size() > row.k();
    }

    private void remove(Registry registry, List<String> removed, long version) {
        Map<String, PackRow> rows = registry.packs(removed);
        for (String pack : removed) {
            PackRow row = rows.get(pack);
            need(row != null && row.inSet(), "it removes a pack that no snapshot before had: " + pack);
            row.remove(version);
        }
    }

    /** Packs of the set that are lost, or that no host whose word counts holds any part of. */
    private List<String> lost(Collection<Long> distrusted) {
        String set = "select p.pack from PackRow p where p.source = :source and p.fromVersion is not null"
                + " and p.toVersion is null and ";
        List<String> lost = new ArrayList<>(
                entities.createQuery(set + "p.state = org.cranny.central.placement.PackRow.State.GONE", String.class)
                        .setParameter("source", source)
                        .getResultList());
        lost.addAll(entities.createQuery(LOST + " and p.toVersion is null", String.class)
                .setParameter("source", source)
                .getResultList());
        if (!distrusted.isEmpty()) {
            lost.addAll(entities.createQuery(
                            set + "p.state = org.cranny.central.placement.PackRow.State.LIVE"
                                    + " and (select count(f) from FragmentRow f"
                                    + " where f.pack = p.id and f.host not in :distrusted"
                                    + " and f.state = org.cranny.central.placement.FragmentRow.State.KEPT) < p.k",
                            String.class)
                    .setParameter("source", source)
                    .setParameter("distrusted", distrusted)
                    .getResultList());
        }
        return lost;
    }

    private long count(long version) {
        return entities.createQuery(
                        "select count(p) from PackRow p where p.source = :source and p.fromVersion <= :version"
                                + " and (p.toVersion is null or p.toVersion > :version)",
                        Long.class)
                .setParameter("source", source)
                .setParameter("version", version)
                .getSingleResult();
    }

    private static void need(boolean right, String otherwise) {
        if (!right) {
            throw new ProblemException(Problem.ofField("manifest", otherwise));
        }
    }
}
