package org.cranny.central.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.central.system.Systems;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** The groups of each system, in the order in which they win: what the first one sets hides what the others do. */
@ApplicationScoped
public class Labels {
    private static final int MOST = 50;

    private final Database database;
    private final Systems systems;
    private final AuditLog log;
    private final PolicyNews news;

    protected Labels() {
        this(null, null, null, null);
    }

    @Inject
    public Labels(Database database, Systems systems, AuditLog log, PolicyNews news) {
        this.database = database;
        this.systems = systems;
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

    /** Gives a system these groups and no others. The same again changes nothing. */
    public List<String> set(String actor, long system, List<String> labels) {
        check(labels);
        return database.durably(entities -> {
            systems.lock(system);
            List<String> before = of(system);
            if (before.equals(labels)) {
                return before;
            }
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
            log.append(actor, "labels", "system " + system, before + " became " + labels);
            return labels;
        });
    }

    private static void check(List<String> labels) {
        if (labels == null || labels.size() > MOST) {
            throw Documents.wrong("labels", "labels is a list of at most " + MOST + " groups.");
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
