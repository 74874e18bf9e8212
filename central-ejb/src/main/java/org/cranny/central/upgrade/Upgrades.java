package org.cranny.central.upgrade;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cranny.central.database.Database;
import org.cranny.central.installation.Packages;
import org.cranny.central.installation.Role;
import org.cranny.central.log.AuditLog;
import org.cranny.central.system.Systems;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.release.Version;

/**
 * Upgrades programs that central installed. Central only says which version it wants and hands archives out; what is run
 * on a machine is decided there, by a key that central does not have.
 *
 * <p>Life of an upgrade: asked for by an administrator; each program takes its {@link Orders order}; ended when the last
 * one is.
 */
@ApplicationScoped
public class Upgrades {
    private final Database database;
    private final Programs programs;
    private final Orders orders;
    private final Systems systems;
    private final AuditLog log;
    private final Clock clock;

    protected Upgrades() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public Upgrades(Database database, Programs programs, Orders orders, Systems systems, AuditLog log, Clock clock) {
        this.database = database;
        this.programs = programs;
        this.orders = orders;
        this.systems = systems;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Begins, and returns at once; a dry run only says what would be done.
     *
     * @throws ProblemException BAD_REQUEST when it cannot be meant, NO_PACKAGES when central has nothing
     */
    public Upgrade ask(String actor, UpgradeRequest request) {
        Set<Role> roles = roles(request.roles());
        List<Packages.Archive> archives = programs.archives();
        String version = version(request.version(), archives, roles);
        boolean dry = Boolean.TRUE.equals(request.dryRun());
        return database.durably(entities -> {
            Plan plan = Plan.of(version, chosen(entities, request, roles), archives);
            return dry ? tried(actor, plan) : find(entities, begin(entities, actor, plan));
        });
    }

    private static Set<Role> roles(List<String> words) {
        if (words == null || words.isEmpty()) {
            return EnumSet.allOf(Role.class);
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        words.forEach(word -> Role.of(String.valueOf(word)).ifPresent(roles::add));
        Orders.need(roles.size() == words.size(), "roles", "daemon, source, or both");
        return roles;
    }

    private static String version(String wanted, List<Packages.Archive> archives, Set<Role> roles) {
        Orders.need(wanted == null || Version.isOne(wanted), "version", "this is no version");
        Optional<String> newest = Plan.newest(
                archives.stream()
                        .filter(each -> wanted == null || each.version().equals(wanted))
                        .toList(),
                roles);
        return newest.orElseThrow(() -> new ProblemException(
                ProblemKind.NO_PACKAGES,
                wanted == null
                        ? "central has no packages to upgrade to"
                        : "central has no package of version " + wanted));
    }

    private List<ProgramRow> chosen(EntityManager entities, UpgradeRequest request, Set<Role> roles) {
        boolean all = Boolean.TRUE.equals(request.all());
        List<String> named = request.systems() == null ? List.of() : request.systems();
        Orders.need(all != !named.isEmpty(), "systems", "which systems, or all of them?");
        List<ProgramRow> known = programs.rows(entities).stream()
                .filter(row -> roles.contains(Role.of(row.program()).orElseThrow()))
                .toList();
        if (all) {
            return known;
        }
        Map<Long, String> names =
                systems.names(known.stream().map(ProgramRow::system).toList());
        for (String each : named) {
            Orders.need(
                    known.stream().anyMatch(row -> is(each, row, names)),
                    "systems",
                    "no program of a system " + each + " ever reported its version");
        }
        return known.stream()
                .filter(row -> named.stream().anyMatch(each -> is(each, row, names)))
                .toList();
    }

    private static boolean is(String named, ProgramRow row, Map<Long, String> names) {
        return named != null && (named.equals(names.get(row.system())) || named.equals(String.valueOf(row.system())));
    }

    private Upgrade tried(String actor, Plan plan) {
        Map<Long, String> names =
                systems.names(plan.steps().stream().map(Plan.Step::system).toList());
        return new Upgrade(
                null,
                "TRIED",
                plan.version(),
                actor,
                clock.instant().toString(),
                null,
                null,
                plan.steps().size(),
                0,
                0,
                plan.steps().stream()
                        .map(step -> new Upgrade.Line(
                                step.system(),
                                names.get(step.system()),
                                step.program(),
                                step.before(),
                                step.state().name(),
                                step.reason(),
                                null,
                                null))
                        .toList());
    }

    private long begin(EntityManager entities, String actor, Plan plan) {
        UpgradeRow upgrade = new UpgradeRow(plan.version(), actor, clock.instant());
        entities.persist(upgrade);
        entities.flush();
        for (int place = 0; place < plan.steps().size(); place++) {
            entities.persist(
                    new UpgradeProgramRow(upgrade.id(), place, plan.steps().get(place), clock.instant()));
        }
        long waiting = plan.steps().stream()
                .filter(step -> step.state() == State.WAITING)
                .count();
        log.append(
                actor,
                "upgrade",
                "upgrade " + upgrade.id(),
                "version " + plan.version() + ", " + waiting + " of "
                        + plan.steps().size() + " programs");
        orders.endWhenDone(entities, upgrade);
        orders.tell(entities, upgrade);
        return upgrade.id();
    }

    /** Whoever did not begin keeps the version that it has. Doing it twice changes nothing. @throws ProblemException NOT_FOUND */
    public Upgrade stop(String actor, long id) {
        return database.durably(entities -> {
            UpgradeRow upgrade = UpgradeRows.locked(entities, id);
            if (upgrade.goesOn()) {
                orders.stop(entities, upgrade, actor, actor + " stopped it");
                orders.endWhenDone(entities, upgrade);
            }
            return find(entities, id);
        });
    }

    /** @throws ProblemException NOT_FOUND */
    public Upgrade find(long id) {
        return database.read(entities -> find(entities, id));
    }

    private Upgrade find(EntityManager entities, long id) {
        UpgradeRow upgrade = UpgradeRows.known(entities, id, LockModeType.NONE);
        List<UpgradeProgramRow> rows = UpgradeRows.rows(entities, id);
        Map<Long, String> names =
                systems.names(rows.stream().map(UpgradeProgramRow::system).toList());
        return shown(
                entities,
                upgrade,
                rows.stream().map(row -> row.shown(names.get(row.system()))).toList());
    }

    private static Upgrade shown(EntityManager entities, UpgradeRow upgrade, List<Upgrade.Line> lines) {
        Map<State, Long> counts = UpgradeRows.counts(entities, upgrade.id());
        return upgrade.shown(
                counts.values().stream().mapToLong(Long::longValue).sum(),
                counts.getOrDefault(State.UPGRADED, 0L),
                counts.getOrDefault(State.FAILED, 0L),
                lines);
    }

    /** The newest ones, newest first, without their programs. */
    public List<Upgrade> newest(int limit) {
        return database.read(entities -> entities
                .createQuery("select u from UpgradeRow u order by u.id desc", UpgradeRow.class)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(upgrade -> shown(entities, upgrade, null))
                .toList());
    }
}
