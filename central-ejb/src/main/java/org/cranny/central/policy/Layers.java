package org.cranny.central.policy;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;

/** Which policies lie on top of each other for one system. */
final class Layers {
    private Layers() {}

    /** @param groups of the system, the first one wins */
    static Inheritance of(EntityManager entities, long system, List<String> groups) {
        Inheritance all = new Inheritance();
        company(entities, all);
        groups(entities, groups, all);
        system(entities, system, all);
        return all;
    }

    static void company(EntityManager entities, Inheritance all) {
        row(entities, Scope.COMPANY, Scope.EVERYBODY).ifPresent(row -> all.add("company", row.policy()));
    }

    /** The last one first, so that the first one wins. */
    static void groups(EntityManager entities, List<String> groups, Inheritance all) {
        for (int i = groups.size() - 1; i >= 0; i--) {
            String group = groups.get(i);
            row(entities, Scope.GROUP, group).ifPresent(row -> all.add("group " + group, row.policy()));
        }
    }

    static void system(EntityManager entities, long system, Inheritance all) {
        row(entities, Scope.SYSTEM, String.valueOf(system)).ifPresent(row -> all.add("system " + system, row.policy()));
    }

    static Optional<PolicyRow> row(EntityManager entities, Scope scope, String name) {
        return entities.createQuery(
                        "select p from PolicyRow p where p.scope = :scope and p.name = :name", PolicyRow.class)
                .setParameter("scope", scope.word())
                .setParameter("name", name)
                .getResultStream()
                .findFirst();
    }
}
