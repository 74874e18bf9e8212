package org.cranny.central.installation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.cranny.central.database.Database;
import org.cranny.central.enrollment.Enrollments;
import org.cranny.central.log.AuditLog;
import org.cranny.central.repair.Repairs;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.Hosts;
import org.cranny.central.system.Inventory;
import org.cranny.central.system.Systems;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Installs the daemon, the backup application, or both on machines that have sshd, and takes them off again.
 *
 * <p>Life of an installation: asked for by an administrator, begun at once, each machine by itself, ended when the last
 * one is. Who asked for what where, and what came of it, is in the log and in the database. What logs in on the machines
 * is in memory while it runs and nowhere else; so an installation that central's end broke off is asked for again.
 */
@ApplicationScoped
public class Installations {
    private static final Logger LOGGER = Logger.getLogger(Installations.class.getName());
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration SETTLING = Duration.ofMinutes(2);
    private static final int MOST_NAMED = 20;

    private final Database database;
    private final AuditLog log;
    private final Settings settings;
    private final Clock clock;
    private final Crew crew;
    private final Admission admission;
    private final Departure departure;
    private final Remote.Reach reach;
    private final Set<Long> running = ConcurrentHashMap.newKeySet();
    private final Set<Target> occupied = ConcurrentHashMap.newKeySet();

    protected Installations() {
        this(null, null, null, null, null, null, null, null);
    }

    @Inject
    public Installations(
            Database database,
            AuditLog log,
            Settings settings,
            Enrollments enrollments,
            Systems systems,
            Hosts hosts,
            Inventory inventory,
            Repairs repairs,
            Arrivals arrivals,
            Crew crew,
            Clock clock) {
        this(
                database,
                log,
                settings,
                new Admission(enrollments, systems, hosts, arrivals),
                new Departure(database, systems, hosts, inventory, repairs),
                crew,
                SshRemote::connect,
                clock);
    }

    Installations(
            Database database,
            AuditLog log,
            Settings settings,
            Admission admission,
            Departure departure,
            Crew crew,
            Remote.Reach reach,
            Clock clock) {
        this.database = database;
        this.log = log;
        this.settings = settings;
        this.admission = admission;
        this.departure = departure;
        this.crew = crew;
        this.reach = reach;
        this.clock = clock;
    }

    /**
     * Begins, and returns at once.
     *
     * @throws ProblemException BAD_REQUEST when it cannot be meant, NO_PACKAGES when central has nothing to install
     */
    public Installation ask(String actor, InstallationRequest request) {
        Wanted wanted = Wanted.read(request);
        Packages packages = Packages.of(settings);
        Installer installer = new Installer(reach, packages, admission, PATIENCE);
        return begin(actor, wanted, null, (target, progress) -> installer.install(wanted, actor, target, progress));
    }

    /** Why nothing can be installed now, and what to do about it; nothing where it can. */
    public Optional<String> hindrance() {
        try {
            Packages.of(settings);
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(e.problem().detail());
        }
    }

    /**
     * Begins to take programs off machines, and returns at once. A host that keeps anything is refused: it is drained
     * first, which may take long, and what logs in there need not be kept for so long.
     *
     * @throws ProblemException BAD_REQUEST when it cannot be meant
     */
    public Installation remove(String actor, UninstallationRequest request) {
        Wanted wanted = Wanted.read(request.access());
        Removal removal = Removal.read(request);
        Uninstaller uninstaller = new Uninstaller(reach, departure, SETTLING);
        return begin(
                actor,
                wanted,
                removal,
                (target, progress) -> uninstaller.remove(wanted, removal, actor, target, progress));
    }

    /** What is done on one machine. */
    private interface Work {
        Outcome on(Target target, Consumer<Step> progress);
    }

    private Installation begin(String actor, Wanted wanted, Removal removal, Work work) {
        long id = database.durably(entities -> keep(entities, actor, wanted, removal));
        running.add(id);
        AtomicInteger left = new AtomicInteger(wanted.targets().size());
        for (int place = 0; place < wanted.targets().size(); place++) {
            int each = place;
            crew.add(() -> {
                try {
                    work(work, wanted.targets().get(each), id, each);
                } finally {
                    if (left.decrementAndGet() == 0) {
                        ended(id);
                    }
                }
            });
        }
        return find(id);
    }

    private long keep(EntityManager entities, String actor, Wanted wanted, Removal removal) {
        InstallationRow row = new InstallationRow(wanted, removal, actor, clock.instant());
        entities.persist(row);
        entities.flush();
        for (int place = 0; place < wanted.targets().size(); place++) {
            entities.persist(
                    new InstallationMachineRow(row.id(), place, wanted.targets().get(place)));
        }
        log.append(
                actor,
                (removal == null ? "installation" : "uninstallation") + (wanted.dryRun() ? " tried" : ""),
                "installation " + row.id(),
                wanted.roleWords() + " on " + named(wanted.targets()) + " as " + wanted.user()
                        + (removal != null && removal.purge() ? ", with keys" : ""));
        return row.id();
    }

    private static String named(List<Target> targets) {
        String first = targets.stream().limit(MOST_NAMED).map(Target::toString).collect(Collectors.joining(", "));
        return targets.size() > MOST_NAMED ? first + " and " + (targets.size() - MOST_NAMED) + " more" : first;
    }

    private void work(Work work, Target target, long id, int place) {
        if (!occupied.add(target)) {
            note(id, place, target, Outcome.failed("another installation is at this machine: wait for it to end"));
            return;
        }
        Outcome outcome = Outcome.failed("central could not do this: its log says more");
        try {
            outcome = work.on(target, step -> reached(id, place, step));
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "what was asked of a machine could not be done", e);
        } finally {
            occupied.remove(target);
            note(id, place, target, outcome);
        }
    }

    private void reached(long id, int place, Step step) {
        database.lightly(entities -> {
            machine(entities, id, place).reach(step, clock.instant());
            return null;
        });
    }

    private void note(long id, int place, Target target, Outcome outcome) {
        try {
            database.durably(entities -> {
                machine(entities, id, place).end(outcome, clock.instant());
                log.append("central", action(outcome), "machine " + target, detail(id, outcome));
                return null;
            });
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "what came of an installation could not be noted", e);
        }
    }

    private static String action(Outcome outcome) {
        return switch (outcome.state()) {
            case INSTALLED -> "installed";
            case REMOVED -> "uninstalled";
            case FAILED -> "installation failed";
            default -> "nothing installed";
        };
    }

    private static String detail(long id, Outcome outcome) {
        return "installation " + id
                + (outcome.version() == null ? "" : ", version " + outcome.version())
                + (outcome.hostSystem() == null ? "" : ", host " + outcome.hostSystem())
                + (outcome.sourceSystem() == null ? "" : ", source " + outcome.sourceSystem())
                + (outcome.reason() == null ? "" : ": " + outcome.reason())
                + (outcome.shownKeys().isEmpty() ? "" : " (" + String.join(", ", outcome.shownKeys()) + ")");
    }

    private void ended(long id) {
        try {
            database.durably(entities -> {
                find(entities, id).end(clock.instant());
                return null;
            });
        } finally {
            running.remove(id);
        }
    }

    /** @throws ProblemException NOT_FOUND */
    public Installation find(long id) {
        boolean goesOn = running.contains(id);
        return database.read(entities -> {
            InstallationRow row = find(entities, id);
            List<Installation.MachineLine> machines = entities.createQuery(
                            "select m from InstallationMachineRow m where m.installation = :id order by m.place",
                            InstallationMachineRow.class)
                    .setParameter("id", id)
                    .getResultStream()
                    .map(machine -> machine.shown(goesOn))
                    .toList();
            return row.shown(goesOn, counts(machines), machines);
        });
    }

    private static Installation.Counts counts(List<Installation.MachineLine> machines) {
        return new Installation.Counts(
                machines.size(),
                machines.stream()
                        .filter(line -> MachineState.valueOf(line.state()).ended())
                        .count(),
                machines.stream()
                        .filter(line -> line.state().equals(MachineState.FAILED.name()))
                        .count());
    }

    /** The newest ones, newest first, without their machines. */
    public List<Installation> newest(int limit) {
        return database.read(entities -> {
            List<InstallationRow> rows = entities.createQuery(
                            "select i from InstallationRow i order by i.id desc", InstallationRow.class)
                    .setMaxResults(limit)
                    .getResultList();
            Map<Long, Installation.Counts> counts = counts(entities, rows);
            return rows.stream()
                    .map(row -> row.shown(
                            running.contains(row.id()), counts.getOrDefault(row.id(), Installation.Counts.NONE), null))
                    .toList();
        });
    }

    private static Map<Long, Installation.Counts> counts(EntityManager entities, List<InstallationRow> rows) {
        Map<Long, Installation.Counts> counts = new HashMap<>();
        if (rows.isEmpty()) {
            return counts;
        }
        Set<MachineState> open = EnumSet.of(MachineState.WAITING, MachineState.RUNNING);
        entities.createQuery(
                        "select m.installation, m.state, count(m) from InstallationMachineRow m"
                                + " where m.installation in :ids group by m.installation, m.state",
                        Object[].class)
                .setParameter("ids", rows.stream().map(InstallationRow::id).toList())
                .getResultStream()
                .forEach(row -> {
                    long many = (Long) row[2];
                    MachineState state = (MachineState) row[1];
                    counts.merge(
                            (Long) row[0],
                            new Installation.Counts(
                                    many, open.contains(state) ? 0 : many, state == MachineState.FAILED ? many : 0),
                            (one, other) -> new Installation.Counts(
                                    one.machines() + other.machines(),
                                    one.ended() + other.ended(),
                                    one.failed() + other.failed()));
                });
        return counts;
    }

    private static InstallationRow find(EntityManager entities, long id) {
        InstallationRow row = entities.find(InstallationRow.class, id);
        if (row == null) {
            throw new ProblemException(ProblemKind.NOT_FOUND, "there is no installation " + id);
        }
        return row;
    }

    private static InstallationMachineRow machine(EntityManager entities, long id, int place) {
        return entities.createQuery(
                        "select m from InstallationMachineRow m where m.installation = :id and m.place = :place",
                        InstallationMachineRow.class)
                .setParameter("id", id)
                .setParameter("place", place)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getSingleResult();
    }
}
