package org.cranny.central.policy;

import jakarta.persistence.EntityManager;
import java.util.List;

/** For which systems it counts what a scope sets. */
final class Reach {
    private static final String LABELLED = "s.number in (select l.place.system from LabelRow l where l.label = :label)";
    private static final String IN_GROUP =
            LABELLED + " or s.number in (select g.place.system from OwnerGroupRow g where g.label = :label)";

    private Reach() {}

    /** Not for the company, which is everybody. */
    static List<Long> systems(EntityManager entities, Scope scope, String name) {
        return scope == Scope.GROUP ? numbers(entities, IN_GROUP, name) : List.of(Scope.system(name));
    }

    /** Those of them for which it says how long snapshots are kept: groups of the directory do not. */
    static List<Long> kept(EntityManager entities, Scope scope, String name) {
        return scope == Scope.GROUP ? numbers(entities, LABELLED, name) : List.of(Scope.system(name));
    }

    private static List<Long> numbers(EntityManager entities, String which, String label) {
        return entities.createQuery(
                        "select s.number from SystemRow s where " + which + " order by s.number", Long.class)
                .setParameter("label", label)
                .getResultList();
    }

    /** Their due times are found out again at the next look. */
    static void markStale(EntityManager entities, Scope scope, String name) {
        String update = "update DueRow d set d.stale = 1";
        switch (scope) {
            case COMPANY -> entities.createQuery(update).executeUpdate();
            case GROUP ->
                entities.createQuery(
                                update + " where d.source in (select s.number from SystemRow s where " + IN_GROUP + ")")
                        .setParameter("label", name)
                        .executeUpdate();
            case SYSTEM, PATH ->
                entities.createQuery(update + " where d.source = :system")
                        .setParameter("system", Scope.system(name))
                        .executeUpdate();
        }
    }
}
