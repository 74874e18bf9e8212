package org.cranny.central.retention;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cranny.central.brake.Brakes;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.central.placement.Upkeep;
import org.cranny.central.settings.Settings;
import org.cranny.central.snapshot.Keepsakes;
import org.cranny.central.snapshot.Leases;
import org.cranny.central.system.Systems;

/**
 * Puts packs away that nothing needs.
 *
 * <ul>
 *   <li>A pack is needed by every snapshot between the commit that added it and the one that removed it, as long as that
 *       snapshot is kept, held, or can still be brought back; and always while it is in the newest pack set.
 *   <li>It is put away when it was found to be needed by nothing twice, some hours apart; a commit in between takes the
 *       mark off. Young packs and those of a source that has the turn are left alone.
 *   <li>All of it happens with the source locked, as commits do.
 *   <li>What was forgotten for long enough is given up first, so that nobody brings it back without its packs.
 *   <li>While a brake is on nothing is marked or put away.
 *   <li>Nothing is put away when clocks disagree, for a time after central was rebuilt from a dump, when a manifest cannot be read, or when it would be too much at once.
 * </ul>
 */
@ApplicationScoped
public class Prune {
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
    /** A row of the future counts no more once the clock has been right for so long. */
    private static final Duration CLOCK_SETTLED = Duration.ofDays(1);

    private static final int AT_ONCE = 5_000;

    private static final String UNNEEDED = " and p.state in ('LIVE', 'CONDEMNED')"
            + " and ((p.to_version is not null and p.registered_millis <= ? and not exists (select 1 from snapshot s"
            + " where s.source = p.source and s.version >= p.from_version and s.version < p.to_version"
            + " and (s.forgotten_millis is null or s.forgotten_millis > ? or s.held is not null)))"
            + " or (p.from_version is null and p.registered_millis > 0 and p.registered_millis <= ?))";

    private final Database database;
    private final Upkeep upkeep;
    private final Keepsakes keepsakes;
    private final Leases leases;
    private final Systems systems;
    private final AuditLog log;
    private final Settings settings;
    private final Clock clock;

    protected Prune() {
        this(null, null, null, null, null, null, null, null);
    }

    @Inject
    public Prune(
            Database database,
            Upkeep upkeep,
            Keepsakes keepsakes,
            Leases leases,
            Systems systems,
            AuditLog log,
            Settings settings,
            Clock clock) {
        this.database = database;
        this.upkeep = upkeep;
        this.keepsakes = keepsakes;
        this.leases = leases;
        this.systems = systems;
        this.log = log;
        this.settings = settings;
        this.clock = clock;
    }

    /** What {@link #execute} would do now. */
    public PrunePlan plan(long source) {
        return database.read(entities -> plan(entities, source));
    }

    /** Does what the plan says, which is made again with the source locked. */
    public PrunePlan execute(long source) {
        PrunePlan seen = plan(source);
        String unreadable = seen.trash().isEmpty()
                ? null
                : keepsakes.unreadable(source).map(Prune::cannotBeRead).orElse(null);
        return database.durably(entities -> {
            systems.lock(source);
            leases.giveUp(source);
            PrunePlan plan = plan(entities, source);
            upkeep.reprieve(plan.reprieve());
            if (leases.held(source)) {
                return plan;
            }
            if (Brakes.holding(entities, source).isPresent()) {
                return plan;
            }
            upkeep.condemn(plan.mark());
            if (plan.trash().isEmpty() || seen.trash().isEmpty()) {
                return plan;
            }
            String refused = unreadable == null ? plan.refused() : unreadable;
            if (refused == null) {
                upkeep.trash(plan.trash(), Map.of(source, leases.epoch(source)));
            }
            log.append(
                    "central",
                    refused == null ? "prune" : "prune refused",
                    "system " + source,
                    refused == null ? plan.trash().size() + " packs, " + plan.trashBytes() + " octets" : refused);
            return refused == null || plan.refused() != null
                    ? plan
                    : new PrunePlan(
                            source,
                            plan.mark(),
                            plan.reprieve(),
                            plan.trash(),
                            plan.trashBytes(),
                            plan.totalBytes(),
                            refused);
        });
    }

    private PrunePlan plan(EntityManager entities, long source) {
        long now = clock.millis();
        long ripe = now - settings.marksApart().toMillis();
        List<Long> mark = new ArrayList<>();
        List<Long> trash = new ArrayList<>();
        List<Long> unneeded = new ArrayList<>();
        long trashBytes = 0;
        Query query =
                entities.createNativeQuery("select p.id, p.state, coalesce(p.marked_millis, 0), p.length from pack p"
                        + " where p.source = ?" + UNNEEDED + " order by p.id");
        bind(query, source, now).setMaxResults(AT_ONCE);
        for (Object row : query.getResultList()) {
            Object[] cells = (Object[]) row;
            long id = number(cells[0]);
            unneeded.add(id);
            if (cells[1].equals("LIVE")) {
                mark.add(id);
            } else if (number(cells[2]) <= ripe) {
                trash.add(id);
                trashBytes += number(cells[3]);
            }
        }
        long total = number(entities.createNativeQuery("select coalesce(sum(p.length), 0) from pack p"
                        + " where p.source = ? and p.state in ('LIVE', 'CONDEMNED')")
                .setParameter(1, source)
                .getSingleResult());
        return new PrunePlan(
                source,
                mark,
                reprieved(entities, source, now),
                trash,
                trashBytes,
                total,
                refusal(entities, source, now, trashBytes, total));
    }

    private List<Long> reprieved(EntityManager entities, long source, long now) {
        Query query = entities.createNativeQuery("select c.id from pack c where c.source = ? and c.state = 'CONDEMNED'"
                + " and not exists (select 1 from pack p where p.id = c.id" + UNNEEDED + ") order by c.id");
        List<Long> ids = new ArrayList<>();
        for (Object row : bind(query, source, now).setMaxResults(AT_ONCE).getResultList()) {
            ids.add(number(row));
        }
        return ids;
    }

    private Query bind(Query query, long source, long now) {
        return query.setParameter(1, source)
                .setParameter(2, now - settings.pruneYoungest().toMillis())
                .setParameter(3, now - settings.forgottenKept().toMillis())
                .setParameter(4, now - settings.uncommittedKept().toMillis());
    }

    private String refusal(EntityManager entities, long source, long now, long trashBytes, long total) {
        Optional<String> brake = Brakes.holding(entities, source);
        if (brake.isPresent()) {
            return brake.get();
        }
        long newest = number(entities.createNativeQuery("select coalesce(max(written_millis), 0) from log"
                        + " where sequence > (select coalesce(max(sequence), 0) from log where written_millis <= ?)")
                .setParameter(1, now - CLOCK_SETTLED.toMillis())
                .getSingleResult());
        if (newest > now + CLOCKS_DIFFER.toMillis()) {
            return "the log has a row that is " + (newest - now) / 1_000
                    + " seconds in the future: set this server's clock right";
        }
        long locked = number(entities.createNativeQuery("select coalesce(max(until_millis), 0) from prune_lock")
                .getSingleResult());
        if (locked > now) {
            return "central was rebuilt from a dump: nothing is put away before " + Instant.ofEpochMilli(locked);
        }
        if (trashBytes * 100 > total * settings.pruneMostPercent()) {
            return "it would put " + trashBytes + " of " + total + " octets away, more than "
                    + settings.pruneMostPercent() + " percent at once (cranny.prune.most-percent)";
        }
        return null;
    }

    private static String cannotBeRead(long version) {
        return "the manifest of version " + version + " cannot be read";
    }

    private static long number(Object cell) {
        return ((Number) (cell instanceof Object[] several ? several[0] : cell)).longValue();
    }
}
