package org.cranny.central.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.HashSet;
import java.util.List;
import org.cranny.central.approval.ApprovalKind;
import org.cranny.central.approval.Approvals;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.central.system.Systems;
import org.cranny.protocol.policy.Policy.Retention;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * The groups of each system, in the order in which they win: what the first one sets hides what the others do. Other
 * groups that keep snapshots for less time take leave, as a policy that does so.
 */
@ApplicationScoped
public class Labels {
    private final Database database;
    private final Systems systems;
    private final Approvals approvals;
    private final AuditLog log;
    private final PolicyNews news;

    protected Labels() {
        this(null, null, null, null, null);
    }

    @Inject
    public Labels(Database database, Systems systems, Approvals approvals, AuditLog log, PolicyNews news) {
        this.database = database;
        this.systems = systems;
        this.approvals = approvals;
        this.log = log;
        this.news = news;
    }

    public List<String> of(long system) {
        need(system);
        return database.read(entities -> entities.createQuery(
                        "select l.label from LabelRow l where l.place.system = :system order by l.place.position",
                        String.class)
                .setParameter("system", system)
                .getResultList());
    }

    /**
     * Gives a system these groups and no others. The same again changes nothing.
     *
     * @throws ProblemException BAD_REQUEST with the field, NOT_FOUND, and NOT_APPROVED when snapshots may be kept for less
     *     time and nobody else gave leave
     */
    public List<String> set(String actor, long system, List<String> labels) {
        check(labels);
        Long leave = leave(actor, system, labels);
        return database.durably(entities -> {
            systems.lock(system);
            List<String> before = of(system);
            if (before.equals(labels)) {
                return before;
            }
            Regrouping kept = Regrouping.of(entities, system, before, labels);
            useLeave(leave, kept);
            entities.createQuery("delete from LabelRow l where l.place.system = :system")
                    .setParameter("system", system)
                    .executeUpdate();
            for (int i = 0; i < labels.size(); i++) {
                entities.persist(new LabelRow(system, i, labels.get(i)));
            }
            entities.createQuery("update DueRow d set d.stale = 1 where d.source = :system")
                    .setParameter("system", system)
                    .executeUpdate();
            news.changed(new PolicyChanged(false, List.of(system), "groups of system " + system));
            if (kept.mayKeepLess()) {
                news.retention(new RetentionChanged(
                        actor, "groups of system " + system, List.of(system), kept.before(), kept.after()));
            }
            log.append(actor, "labels", "system " + system, before + " became " + labels);
            return labels;
        });
    }

    /** Leave to keep less, where these groups may do so; else null. */
    private Long leave(String actor, long system, List<String> labels) {
        List<String> before = of(system);
        Regrouping kept = database.read(entities -> Regrouping.of(entities, system, before, labels));
        return kept.mayKeepLess()
                ? approvals.demand(
                        ApprovalKind.RETENTION,
                        actor,
                        system,
                        "another retention by other groups of system " + system,
                        "labels\n" + system + "\n" + before + "\n" + labels + "\n" + kept)
                : null;
    }

    /** Refuses when groups or policies changed since leave was looked for, so that what keeps less now was not asked about. */
    private void useLeave(Long leave, Regrouping kept) {
        if (leave == null && kept.mayKeepLess() && approvals.areNeeded()) {
            throw new ProblemException(
                    ProblemKind.NOT_APPROVED, "its policies were changed by somebody else just now: do the same again");
        }
        approvals.use(leave);
    }

    /** What a system keeps with its groups of before, and with others. */
    private record Regrouping(Retention before, Retention after) {
        static Regrouping of(EntityManager entities, long system, List<String> before, List<String> labels) {
            return new Regrouping(
                    Layers.of(entities, system, before).policy().retention(),
                    Layers.of(entities, system, labels).policy().retention());
        }

        boolean mayKeepLess() {
            return RetentionChanged.mayKeepLessNow(before, after);
        }
    }

    private static void check(List<String> labels) {
        if (labels == null || labels.size() > GroupNames.MOST) {
            throw Documents.wrong("labels", "labels is a list of at most " + GroupNames.MOST + " groups.");
        }
        for (int i = 0; i < labels.size(); i++) {
            Scope.checkLabel("labels[" + i + "]", labels.get(i));
        }
        if (new HashSet<>(labels).size() < labels.size()) {
            throw Documents.wrong("labels", "A group stands there twice; leave one out.");
        }
    }

    private void need(long system) {
        if (systems.find(system).isEmpty()) {
            throw new ProblemException(ProblemKind.NOT_FOUND, "There is no system " + system + ".");
        }
    }
}
