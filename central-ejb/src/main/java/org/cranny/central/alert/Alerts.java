package org.cranny.central.alert;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.central.log.Happening;
import org.cranny.central.placement.Custody;
import org.cranny.central.settings.Settings;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.central.system.Hosts;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * What is wrong, and with whom. An alert is raised once, however often it is seen; it resolves by itself when it is no
 * longer seen; a person may take it on, which ends the reminders.
 */
@ApplicationScoped
public class Alerts {
    /** The subject of what concerns no machine but central. */
    public static final String CENTRAL = "central";

    private final Database database;
    private final AuditLog log;
    private final Systems systems;
    private final Settings settings;
    private final Clock clock;
    private final Findings findings;

    protected Alerts() {
        this.database = null;
        this.log = null;
        this.systems = null;
        this.settings = null;
        this.clock = null;
        this.findings = null;
    }

    @Inject
    public Alerts(
            Database database,
            AuditLog log,
            Systems systems,
            Hosts hosts,
            Snapshots snapshots,
            Custody custody,
            Settings settings,
            Clock clock) {
        this.database = database;
        this.log = log;
        this.systems = systems;
        this.settings = settings;
        this.clock = clock;
        this.findings = new Findings(database, systems, hosts, snapshots, custody, settings);
    }

    /** Looks what is wrong now: raises what is new, resolves what is over, forgets what was over long ago. */
    public void look() {
        Instant now = clock.instant();
        Map<String, Finding> seen = findings.look(now).stream()
                .collect(Collectors.toMap(Finding::key, Function.identity(), (first, second) -> first));
        database.durably(entities -> {
            Map<String, AlertRow> open = open(entities);
            open.forEach((key, row) -> {
                if (Findings.LOOKED_FOR.contains(row.kind()) && !seen.containsKey(key)) {
                    row.resolve(now, worse(row.kind(), row.subject(), seen));
                }
            });
            seen.forEach((key, finding) -> raise(entities, open.get(key), finding, now));
            entities.createQuery("delete from AlertRow a where a.resolvedMillis < :old")
                    .setParameter("old", now.minus(settings.alertsKept()).toEpochMilli())
                    .executeUpdate();
            return null;
        });
    }

    /** Raises an alert, unless it lasts already: then its detail is brought up to date. */
    public void raise(AlertKind kind, String subject, String name, String detail) {
        Instant now = clock.instant();
        Finding finding = new Finding(kind, subject, name, detail, now);
        database.durably(entities -> {
            raise(entities, open(entities, finding.key()), finding, now);
            return null;
        });
    }

    /** Says that it is over; nothing happens when it is not there. */
    public void resolve(AlertKind kind, String subject) {
        database.durably(entities -> {
            AlertRow row = open(entities, kind + " " + subject);
            if (row != null) {
                row.resolve(clock.instant(), false);
            }
            return null;
        });
    }

    public void happened(@Observes Happening happening) {
        switch (happening.what()) {
            case BRAKE_PULLED ->
                raise(AlertKind.BRAKE_PULLED, happening.subject(), name(happening.subject()), happening.detail());
            case BRAKE_RELEASED -> resolve(AlertKind.BRAKE_PULLED, happening.subject());
        }
    }

    private String name(String subject) {
        String number = subject.replace("system ", "");
        return number.equals(subject)
                ? subject
                : systems.find(Long.parseLong(number)).map(Machine::name).orElse(subject);
    }

    /**
     * Takes an alert on: there are no reminders of it. Doing it twice, or to one that is over, changes nothing.
     *
     * @throws ProblemException NOT_FOUND
     */
    public Alert acknowledge(long id, String actor) {
        return database.durably(entities -> {
            AlertRow row = entities.find(AlertRow.class, id);
            if (row == null) {
                throw new ProblemException(ProblemKind.NOT_FOUND, "there is no alert with the number " + id);
            }
            if (row.acknowledge(actor, clock.instant())) {
                log.append(
                        actor, "alert acknowledged", row.subject(), row.kind().name());
            }
            return row.alert();
        });
    }

    /** Alerts, newest first. @param state of all of them, or null @param after the last one seen, or null */
    public List<Alert> list(AlertState state, Long after, int limit) {
        return database.read(entities -> entities.createQuery(
                        "select a from AlertRow a where a.id < :before" + where(state) + " order by "
                                + (state == AlertState.OPEN ? "a.resolvedMillis, " : "") + "a.id desc",
                        AlertRow.class)
                .setParameter("before", after == null ? Long.MAX_VALUE : after)
                .setMaxResults(limit)
                .getResultStream()
                .map(AlertRow::alert)
                .toList());
    }

    /** How many last, by kind. */
    public Map<AlertKind, Long> lasting() {
        return database.read(entities -> entities.createQuery(
                        "select a.kind, count(a) from AlertRow a where a.resolvedMillis is null group by a.kind",
                        Object[].class)
                .getResultStream()
                .collect(Collectors.toMap(row -> (AlertKind) row[0], row -> (Long) row[1])));
    }

    private static String where(AlertState state) {
        if (state == null) {
            return "";
        }
        return switch (state) {
            case OPEN -> " and a.resolvedMillis is null and a.acknowledgedMillis is null";
            case ACKNOWLEDGED -> " and a.resolvedMillis is null and a.acknowledgedMillis is not null";
            case RESOLVED -> " and a.resolvedMillis is not null";
        };
    }

    private static void raise(EntityManager entities, AlertRow lasting, Finding finding, Instant now) {
        if (lasting == null) {
            entities.persist(new AlertRow(finding, now));
        } else {
            lasting.update(finding.detail());
        }
    }

    private static boolean worse(AlertKind kind, String subject, Map<String, Finding> seen) {
        return kind == AlertKind.NO_BACKUP_FOR_3_DAYS
                && seen.containsKey(AlertKind.NO_BACKUP_FOR_7_DAYS + " " + subject);
    }

    private static AlertRow open(EntityManager entities, String key) {
        return entities.createQuery("select a from AlertRow a where a.openKey = :key", AlertRow.class)
                .setParameter("key", key)
                .getResultStream()
                .findFirst()
                .orElse(null);
    }

    private static Map<String, AlertRow> open(EntityManager entities) {
        Map<String, AlertRow> open = new HashMap<>();
        entities.createQuery("select a from AlertRow a where a.openKey is not null", AlertRow.class)
                .getResultStream()
                .forEach(row -> open.put(row.key(), row));
        return open;
    }
}
