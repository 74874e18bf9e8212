package org.cranny.central.policy;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cranny.protocol.policy.Policy;

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

    static void groups(EntityManager entities, List<String> groups, Inheritance all) {
        Map<String, Policy> policies = policies(entities, groups);
        lastFirst(groups, policies.keySet()).forEach(group -> all.add("group " + group, policies.get(group)));
    }

    /** What groups of the directory give, which is nothing about for how long snapshots are kept. */
    static void directory(EntityManager entities, List<String> groups, Inheritance all) {
        Map<String, Policy> policies = policies(entities, groups);
        lastFirst(groups, policies.keySet())
                .forEach(group -> all.add(
                        "directory group " + group, Inheritance.without(policies.get(group), Inheritance.RETENTION)));
    }

    /** So that the first one wins. */
    private static List<String> lastFirst(List<String> groups, Set<String> ruled) {
        List<String> turned = new ArrayList<>(groups);
        Collections.reverse(turned);
        turned.retainAll(ruled);
        return turned;
    }

    /** By group, of those of these for which something is set. */
    static Map<String, Policy> policies(EntityManager entities, List<String> groups) {
        return groups.isEmpty()
                ? Map.of()
                : entities.createQuery(
                                "select p from PolicyRow p where p.scope = :scope and p.name in :names",
                                PolicyRow.class)
                        .setParameter("scope", Scope.GROUP.word())
                        .setParameter("names", groups)
                        .getResultStream()
                        .collect(Collectors.toMap(PolicyRow::name, PolicyRow::policy));
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
