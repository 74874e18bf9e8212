package org.cranny.central.placement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.security.PublicKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cranny.central.database.Database;
import org.cranny.central.system.Hosts;
import org.cranny.central.system.Promise;
import org.cranny.central.system.Systems;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.snapshot.MovedPlacements;
import org.cranny.protocol.snapshot.Placement;
import org.cranny.protocol.snapshot.Placements;
import org.cranny.protocol.snapshot.Registered;

/**
 * Knows which host holds which fragment, and believes receipts alone: signed by a host of this realm that was not
 * revoked, for this source, this pack and this length. A receipt lowers its host's free space once.
 */
@ApplicationScoped
public class Custody {
    private static final int MOST_PACKS = 10_000;
    private static final int MOST_NAMED = 10_000;

    private final Database database;
    private final Systems systems;
    private final Hosts hosts;
    private final Clock clock;

    protected Custody() {
        this(null, null, null, null);
    }

    @Inject
    public Custody(Database database, Systems systems, Hosts hosts, Clock clock) {
        this.database = database;
        this.systems = systems;
        this.hosts = hosts;
        this.clock = clock;
    }

    /** Takes a batch of receipts; repeating it changes nothing. Right receipts count even beside a wrong one. */
    public Registered register(SystemId source, Placements batch) {
        if (batch.packs() == null || batch.packs().size() > MOST_PACKS) {
            throw new ProblemException(ProblemKind.TOO_LARGE, "a batch has at most " + MOST_PACKS + " packs");
        }
        Map<String, String> refused = new LinkedHashMap<>();
        List<Candidate> believed = prove(read(source, batch, refused), refused);
        Set<String> accepted = new HashSet<>();
        believed.forEach(candidate -> accepted.add(candidate.pack().toString()));
        database.durably(entities -> {
            systems.lock(source.number());
            keep(entities, source.number(), believed, refused, clock.millis());
            return null;
        });
        accepted.removeAll(refused.keySet());
        return new Registered(List.copyOf(accepted), List.copyOf(refused.values()));
    }

    /**
     * Takes a receipt that central had a host give for a copy.
     *
     * @return whether it is believed; the source learns of the new place from {@link #moved}
     */
    public boolean copied(SystemId source, Placement copy) {
        return database.durably(entities -> {
            Registered registered = register(source, new Placements(List.of(copy)));
            new Registry(entities, source.number())
                    .packs(registered.accepted())
                    .values()
                    .forEach(pack -> pack.move(Movements.next(entities)));
            return !registered.accepted().isEmpty();
        });
    }

    /**
     * Notes that a host does not have a fragment any more, or has it with other octets: it counts no more until the host
     * gives a new receipt.
     *
     * @return whether that is news
     */
    public boolean lost(long source, FragmentId pack, long host) {
        return database.durably(entities -> {
            systems.lock(source);
            Registry registry = new Registry(entities, source);
            PackRow row = registry.packs(List.of(pack.toString())).get(pack.toString());
            if (row == null) {
                return false;
            }
            boolean news = false;
            for (FragmentRow fragment : registry.fragments(List.of(row.id())).getOrDefault(row.id(), List.of())) {
                if (fragment.host() == host && fragment.kept()) {
                    fragment.become(FragmentRow.State.LOST, clock.millis());
                    row.move(Movements.next(entities));
                    news = true;
                }
            }
            new Doubts(entities).cast(List.of(row.id()));
            return news;
        });
    }

    /**
     * As {@link #lost}, on the source's word alone: the last copy that is kept goes on counting.
     *
     * @return whether the copy counted and does no more
     */
    public boolean doubted(long source, FragmentId pack, long host) {
        return database.durably(entities -> {
            systems.lock(source);
            Registry registry = new Registry(entities, source);
            PackRow row = registry.packs(List.of(pack.toString())).get(pack.toString());
            boolean another = row != null
                    && registry.fragments(List.of(row.id())).getOrDefault(row.id(), List.of()).stream()
                            .anyMatch(fragment -> fragment.kept() && fragment.host() != host);
            return another && lost(source, pack, host);
        });
    }

    /** The source's live packs that central moved since; which snapshots are given up it does not say. @param after the cursor of the answer before, 0 to begin */
    public MovedPlacements moved(SystemId source, long after, int limit) {
        Set<Long> trusted = hosts.trustedDomains().keySet();
        return database.read(entities -> {
            List<PackRow> packs = entities.createQuery(
                            "select p from PackRow p where p.source = :source and p.moved > :after"
                                    + " order by p.moved",
                            PackRow.class)
                    .setParameter("source", source.number())
                    .setParameter("after", after)
                    .setMaxResults(limit + 1)
                    .getResultList();
            List<PackRow> page = packs.subList(0, Math.min(limit, packs.size()));
            Map<Long, List<FragmentRow>> fragments = new Registry(entities, source.number())
                    .fragments(page.stream().map(PackRow::id).toList());
            return new MovedPlacements(
                    page.stream()
                            .filter(PackRow::live)
                            .map(pack -> placement(pack, fragments.getOrDefault(pack.id(), List.of()), trusted))
                            .toList(),
                    page.isEmpty() ? after : page.get(page.size() - 1).moved(),
                    packs.size() > limit,
                    List.of());
        });
    }

    /** The source's live packs in the order of ids. @param after pack id, or null to begin @param limit 1..1000 */
    public Placements page(SystemId source, String after, int limit) {
        Set<Long> trusted = hosts.trustedDomains().keySet();
        return database.read(entities -> {
            List<PackRow> packs = entities.createQuery(
                            "select p from PackRow p where p.source = :source and p.pack > :after"
                                    + " and p.state = org.cranny.central.placement.PackRow.State.LIVE order by p.pack",
                            PackRow.class)
                    .setParameter("source", source.number())
                    .setParameter("after", after == null ? "" : after)
                    .setMaxResults(Math.max(1, Math.min(1_000, limit)))
                    .getResultList();
            Map<Long, List<FragmentRow>> fragments = new Registry(entities, source.number())
                    .fragments(packs.stream().map(PackRow::id).toList());
            return new Placements(packs.stream()
                    .map(pack -> placement(pack, fragments.getOrDefault(pack.id(), List.of()), trusted))
                    .toList());
        });
    }

    /** What one snapshot's packs take, and where. */
    public Shares shares(long source, long version) {
        return database.read(entities -> new PackSet(entities, source).shares(version));
    }

    /** Changes a source's pack set, as part of a commit. @see PackSet#change */
    public void change(long source, PackChange change) {
        Map<Long, String> domains = new TreeMap<>(hosts.trustedDomains());
        domains.remove(source);
        List<Long> distrusted = hosts.distrusted();
        database.durably(entities -> {
            new PackSet(entities, source).change(change, domains, distrusted);
            return null;
        });
    }

    /** Ids of packs that were lost in this epoch or later. */
    public List<String> goneSince(long source, long epoch) {
        return database.read(entities -> new PackSet(entities, source).goneSince(epoch));
    }

    /** Ids of packs that snapshots name, those of before too, and that hosts lost so often that no copy is left. */
    public List<String> withoutCopies(long source) {
        return database.read(entities -> new PackSet(entities, source).withoutCopies(MOST_NAMED));
    }

    /**
     * Packs of the newest snapshots that are too few while some hosts are away: fewer hosts than one more than are
     * needed still have them.
     *
     * @param away numbers of the hosts that do not count
     * @return how many, by source; sources without any are left out
     */
    public Map<Long, Long> thin(Collection<Long> away) {
        Map<Long, Long> thin = new TreeMap<>();
        if (!away.isEmpty()) {
            database.read(entities -> entities.createQuery(
                                    "select p.source, count(distinct p.id) from PackRow p, FragmentRow f where f.pack = p.id"
                                            + " and f.host in :away and p.fromVersion is not null and p.toVersion is null"
                                            + " and p.state = :live and (select count(distinct g.host) from FragmentRow g"
                                            + " where g.pack = p.id and g.host not in :away) <= p.k group by p.source",
                                    Object[].class)
                            .setParameter("away", away)
                            .setParameter("live", PackRow.State.LIVE)
                            .getResultList())
                    .forEach(row -> thin.put((Long) row[0], (Long) row[1]));
        }
        return thin;
    }

    private static List<Candidate> read(SystemId source, Placements batch, Map<String, String> refused) {
        List<Candidate> candidates = new ArrayList<>();
        for (Placement placement : batch.packs()) {
            try {
                candidates.add(Candidate.read(placement, source));
            } catch (MalformedException e) {
                String pack = placement == null ? "null" : String.valueOf(placement.pack());
                refused.put(pack, pack + ": " + e.getMessage());
            }
        }
        return candidates;
    }

    private List<Candidate> prove(List<Candidate> candidates, Map<String, String> refused) {
        Set<Long> claimed = new HashSet<>();
        candidates.forEach(candidate -> claimed.addAll(candidate.hosts()));
        claimed.retainAll(hosts.trustedDomains().keySet());
        Map<Long, PublicKey> keys = systems.keys(claimed);
        List<Candidate> believed = new ArrayList<>();
        for (Candidate candidate : candidates) {
            List<Candidate.Part> right =
                    candidate.parts().stream().filter(part -> part.proven(keys)).toList();
            if (right.size() < candidate.parts().size()) {
                String pack = candidate.pack().toString();
                refused.put(pack, pack + ": a receipt is not signed by a host of this realm");
            }
            believed.add(candidate.with(right));
        }
        return believed;
    }

    private void keep(
            EntityManager entities,
            long source,
            List<Candidate> believed,
            Map<String, String> refused,
            long nowMillis) {
        Registry registry = new Registry(entities, source);
        Map<String, PackRow> packs = packs(entities, registry, source, believed, nowMillis);
        Map<Long, List<FragmentRow>> held =
                registry.fragments(packs.values().stream().map(PackRow::id).toList());
        SortedMap<Long, List<Promise>> promises = new TreeMap<>();
        Set<Long> changed = new HashSet<>();
        for (Candidate candidate : believed) {
            PackRow pack = packs.get(candidate.pack().toString());
            if (pack != null && agree(pack, candidate, refused)) {
                List<FragmentRow> known = held.computeIfAbsent(pack.id(), any -> new ArrayList<>());
                for (Candidate.Part part : fresh(pack, candidate, known, refused)) {
                    FragmentRow row = kept(entities, pack, part, known);
                    pack.revive();
                    changed.add(pack.id());
                    promises.computeIfAbsent(row.host(), any -> new ArrayList<>())
                            .add(new Promise(
                                    part.receipt().length(), part.receipt().time()));
                }
            }
        }
        hosts.promise(promises);
        new Doubts(entities).cast(changed);
    }

    private static FragmentRow kept(
            EntityManager entities, PackRow pack, Candidate.Part part, List<FragmentRow> known) {
        for (FragmentRow before : known) {
            if (before.is(part)) {
                before.keep(part);
                return before;
            }
        }
        FragmentRow row = new FragmentRow(pack.id(), part);
        entities.persist(row);
        known.add(row);
        return row;
    }

    /** The rows of all packs that have a right receipt; new ones are in the database before fragments name them. */
    private static Map<String, PackRow> packs(
            EntityManager entities, Registry registry, long source, List<Candidate> believed, long nowMillis) {
        Map<String, PackRow> packs = registry.packs(
                believed.stream().map(candidate -> candidate.pack().toString()).toList());
        for (Candidate candidate : believed) {
            if (!candidate.parts().isEmpty()) {
                packs.computeIfAbsent(candidate.pack().toString(), any -> {
                    PackRow fresh = new PackRow(source, candidate, nowMillis);
                    entities.persist(fresh);
                    return fresh;
                });
            }
        }
        entities.flush();
        return packs;
    }

    private static boolean agree(PackRow pack, Candidate candidate, Map<String, String> refused) {
        int k = candidate.redundancy().k();
        int n = candidate.redundancy().n();
        boolean agrees = pack.agrees(candidate.packClass(), candidate.length(), k, n);
        if (!agrees) {
            refused.put(pack.pack(), pack.pack() + ": it was registered with another class, length or redundancy");
        }
        return agrees;
    }

    private static List<Candidate.Part> fresh(
            PackRow pack, Candidate candidate, List<FragmentRow> known, Map<String, String> refused) {
        List<Candidate.Part> fresh = new ArrayList<>();
        for (Candidate.Part part : candidate.parts()) {
            if (!pack.accepts(part.receipt().time().getEpochSecond())) {
                refused.put(pack.pack(), pack.pack() + ": a receipt is older than the loss of the pack");
            } else if (known.stream().noneMatch(row -> row.is(part) && row.standsBefore(part))
                    && fresh.stream().noneMatch(part::sameAs)) {
                fresh.add(part);
            }
        }
        return fresh;
    }

    private static Placement placement(PackRow pack, List<FragmentRow> fragments, Set<Long> trusted) {
        return new Placement(
                pack.pack(),
                pack.packClass().name(),
                pack.length(),
                pack.k(),
                pack.n(),
                fragments.stream()
                        .filter(row -> row.kept() && trusted.contains(row.host()))
                        .map(FragmentRow::held)
                        .toList());
    }
}
