package org.cranny.central.upgrade;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.cranny.central.database.Database;
import org.cranny.central.installation.Packages;
import org.cranny.central.installation.Role;
import org.cranny.central.log.AuditLog;
import org.cranny.central.system.Systems;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.release.ProgramAnswer;
import org.cranny.protocol.release.ProgramReport;
import org.cranny.protocol.release.Release;
import org.cranny.protocol.release.UpgradeOrder;
import org.cranny.protocol.release.Version;

/**
 * What programs report, and the orders that they take. Each takes its order when it reports and it is its turn: one goes
 * first, then up to a tenth of them at a time, then up to {@value #MOST_AT_ONCE}. The first one that fails stops the
 * upgrade: whoever did not begin keeps the version that it has.
 */
@ApplicationScoped
public class Orders {
    static final int MOST_AT_ONCE = 20;
    private static final int TENTH = 10;
    private static final int MOST_TOLD = 100;
    private static final int LONGEST_WORD = 60;
    private static final Duration SILENCE = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final Database database;
    private final Programs programs;
    private final Systems systems;
    private final AuditLog log;
    private final Clock clock;
    private final Consumer<UpgradeNews> news;
    private volatile Awaited awaited = new Awaited(Instant.MIN, Set.of());

    private record Awaited(Instant read, Set<Long> systems) {}

    protected Orders() {
        this(null, null, null, null, null, (Consumer<UpgradeNews>) null);
    }

    @Inject
    public Orders(
            Database database, Programs programs, Systems systems, AuditLog log, Clock clock, Event<UpgradeNews> news) {
        this(database, programs, systems, log, clock, (Consumer<UpgradeNews>) news::fire);
    }

    /** @param news hears which systems should report */
    public Orders(
            Database database,
            Programs programs,
            Systems systems,
            AuditLog log,
            Clock clock,
            Consumer<UpgradeNews> news) {
        this.database = database;
        this.programs = programs;
        this.systems = systems;
        this.log = log;
        this.clock = clock;
        this.news = news;
    }

    /** Whether a program on this system should report now. Asked with every report of a host, so it may be a little late. */
    public boolean hasNewsFor(long system) {
        Awaited known = awaited;
        Instant now = clock.instant();
        if (now.isBefore(known.read()) || !now.isBefore(known.read().plus(FRESH))) {
            known = new Awaited(now, database.read(Orders::waiting));
            awaited = known;
        }
        return known.systems().contains(system);
    }

    private static Set<Long> waiting(EntityManager entities) {
        return new HashSet<>(entities.createQuery(
                        "select distinct p.system from UpgradeProgramRow p where p.state in :open", Long.class)
                .setParameter("open", UpgradeRows.OPEN)
                .getResultList());
    }

    /**
     * Notes which program runs there, and gives it its order when it is its turn. The same report again gives the same
     * order, until the program reports another version or that it failed.
     *
     * @throws ProblemException BAD_REQUEST
     */
    public ProgramAnswer report(long system, ProgramReport report) {
        check(report);
        return database.lightly(entities -> {
            note(entities, system, report);
            Optional<UpgradeProgramRow> row = UpgradeRows.open(entities, system, report.program());
            if (row.isEmpty()) {
                return new ProgramAnswer(null);
            }
            return database.durably(same -> follow(entities, row.get(), report));
        });
    }

    private static void check(ProgramReport report) {
        need(report.program() != null && Role.of(report.program()).isPresent(), "program", "daemon or source");
        need(report.version() != null && report.version().length() <= LONGEST_WORD, "version", "at most 60 letters");
        need(report.arch() != null && report.arch().length() <= LONGEST_WORD / 3, "arch", "at most 20 letters");
        need(report.upkeep() != null, "upkeep", "who gives it its next version?");
        need(
                report.failed() == null
                        || report.failed().version() != null && report.failed().reason() != null,
                "failed",
                "a version and a reason");
    }

    static void need(boolean right, String field, String detail) {
        if (!right) {
            throw new ProblemException(Problem.ofField(field, detail));
        }
    }

    private void note(EntityManager entities, long system, ProgramReport report) {
        ProgramRow row = entities.find(ProgramRow.class, new ProgramRow.Key(system, report.program()));
        if (row == null) {
            row = new ProgramRow(system, report.program());
            row.heard(report, clock.instant());
            entities.persist(row);
        } else {
            row.heard(report, clock.instant());
        }
    }

    private ProgramAnswer follow(EntityManager entities, UpgradeProgramRow row, ProgramReport report) {
        UpgradeRow upgrade = UpgradeRows.locked(entities, row.upgrade());
        entities.refresh(row);
        if (!row.state().open()) {
            return new ProgramAnswer(null);
        }
        if (reached(report.version(), upgrade.version())) {
            end(entities, upgrade, row, State.UPGRADED, null);
        } else if (row.state() == State.UPGRADING
                && report.failed() != null
                && report.failed().version().equals(upgrade.version())) {
            end(entities, upgrade, row, State.FAILED, report.failed().reason());
        } else if (row.state() == State.UPGRADING || upgrade.goesOn() && hasTurn(entities, upgrade)) {
            return order(entities, upgrade, row, report);
        }
        return new ProgramAnswer(null);
    }

    private static boolean reached(String running, String wanted) {
        return Version.isOne(running) && !new Version(wanted).isNewerThan(new Version(running));
    }

    private ProgramAnswer order(
            EntityManager entities, UpgradeRow upgrade, UpgradeProgramRow row, ProgramReport report) {
        Optional<Plan.Signature> signature = Plan.find(
                        upgrade.version(), report.program(), report.arch(), programs.archives())
                .flatMap(Plan::release);
        if (signature.isEmpty()) {
            end(entities, upgrade, row, State.FAILED, "central does not have its archive and signature any more");
            return new ProgramAnswer(null);
        }
        if (row.state() == State.WAITING) {
            row.begin(clock.instant());
        }
        Release release = signature.get().release();
        return new ProgramAnswer(new UpgradeOrder(
                upgrade.version(),
                release.bytes(),
                release.sha256(),
                signature.get().text()));
    }

    private static boolean hasTurn(EntityManager entities, UpgradeRow upgrade) {
        Map<State, Long> counts = UpgradeRows.counts(entities, upgrade.id());
        long upgraded = counts.getOrDefault(State.UPGRADED, 0L);
        long running = counts.getOrDefault(State.UPGRADING, 0L);
        long all = upgraded + running + counts.getOrDefault(State.WAITING, 0L);
        return running < atOnce(all, upgraded);
    }

    /** How many may be at it. @param all whom the upgrade is about @param upgraded how many of them are done */
    static long atOnce(long all, long upgraded) {
        if (upgraded == 0) {
            return 1;
        }
        long tenth = Math.max(1, all / TENTH);
        return upgraded <= tenth ? Math.min(tenth, MOST_AT_ONCE) : MOST_AT_ONCE;
    }

    /** The archive that a program on this system was ordered to fetch. @throws ProblemException NOT_FOUND */
    public Path archive(long system, String program, String version) {
        String arch = database.read(entities -> {
            ProgramRow row = entities.find(ProgramRow.class, new ProgramRow.Key(system, program));
            boolean ordered = UpgradeRows.open(entities, system, program)
                    .filter(open -> open.state() == State.UPGRADING)
                    .map(open -> entities.find(UpgradeRow.class, open.upgrade()))
                    .filter(upgrade -> upgrade.version().equals(version))
                    .isPresent();
            return row == null || !ordered ? null : row.arch();
        });
        return Plan.find(version, program, arch, programs.archives())
                .map(Packages.Archive::file)
                .orElseThrow(() ->
                        new ProblemException(ProblemKind.NOT_FOUND, "this program was not ordered to fetch that"));
    }

    private void end(EntityManager entities, UpgradeRow upgrade, UpgradeProgramRow row, State how, String reason) {
        row.end(how, reason, clock.instant());
        String subject = "system " + row.system();
        String what = row.program() + ", upgrade " + upgrade.id() + ", version " + upgrade.version();
        log.append(
                "central",
                how == State.UPGRADED ? "upgraded" : "upgrade failed",
                subject,
                reason == null ? what : what + ": " + reason);
        if (how == State.FAILED && upgrade.goesOn()) {
            stop(entities, upgrade, "central", name(row.system()) + " did not take it: " + reason);
        }
        endWhenDone(entities, upgrade);
        if (upgrade.goesOn()) {
            tell(entities, upgrade);
        }
    }

    private String name(long system) {
        return systems.names(List.of(system)).getOrDefault(system, "system " + system);
    }

    void stop(EntityManager entities, UpgradeRow upgrade, String actor, String reason) {
        upgrade.stop(reason);
        UpgradeRows.rows(entities, upgrade.id()).stream()
                .filter(row -> row.state() == State.WAITING)
                .forEach(row -> row.end(State.SKIPPED, "the upgrade stopped before", clock.instant()));
        log.append(actor, "upgrade stopped", "upgrade " + upgrade.id(), reason);
    }

    void endWhenDone(EntityManager entities, UpgradeRow upgrade) {
        entities.flush();
        Map<State, Long> counts = UpgradeRows.counts(entities, upgrade.id());
        if (!upgrade.ended() && UpgradeRows.OPEN.stream().noneMatch(counts::containsKey)) {
            upgrade.end(clock.instant());
        }
    }

    /** Those that wait hear that they should report; whoever does not hear it asks by itself before long. */
    void tell(EntityManager entities, UpgradeRow upgrade) {
        List<Long> told = UpgradeRows.rows(entities, upgrade.id()).stream()
                .filter(row -> row.state() == State.WAITING)
                .map(UpgradeProgramRow::system)
                .distinct()
                .limit(MOST_TOLD)
                .toList();
        database.afterwards(() -> {
            awaited = new Awaited(Instant.MIN, Set.of());
            told.forEach(system -> news.accept(new UpgradeNews(system)));
        });
    }

    /** Programs that began and fell silent have failed; what waited for a month waits no more. */
    public void sweep() {
        Instant now = clock.instant();
        database.durably(entities -> {
            for (UpgradeRow each : entities.createQuery(
                            "select u from UpgradeRow u where u.endedMillis is null order by u.id", UpgradeRow.class)
                    .getResultList()) {
                UpgradeRow upgrade = UpgradeRows.locked(entities, each.id());
                for (UpgradeProgramRow row : UpgradeRows.rows(entities, upgrade.id())) {
                    if (row.state() == State.UPGRADING
                            && row.begun().plus(SILENCE).isBefore(now)) {
                        end(
                                entities,
                                upgrade,
                                row,
                                State.FAILED,
                                "nothing was heard of it for an hour: look at the machine, and at /opt/cranny there");
                    }
                }
                if (upgrade.goesOn() && upgrade.asked().plus(LONGEST).isBefore(now)) {
                    stop(entities, upgrade, "central", "machines were not there within 30 days");
                    endWhenDone(entities, upgrade);
                }
            }
            return null;
        });
    }
}
