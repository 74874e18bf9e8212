package org.cranny.central.policy;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cranny.protocol.policy.Policy;

/**
 * Puts policies on top of each other, member by member, also inside {@code schedule} and its like: what a narrower one
 * sets hides what a wider one does. Two exceptions: excludes add up, those of narrower ones last; and {@code paths} and
 * {@code all} hide each other.
 */
final class Inheritance {
    static final String RETENTION = "retention";

    private static final String EXCLUDES = "excludes";
    private static final String PATHS = "paths";
    private static final String ALL = "all";

    private final SortedMap<String, List<String>> origins = new TreeMap<>();
    private Policy policy = Policy.EMPTY;

    /** @param origin as people are told, for example {@code group servers} */
    void add(String origin, Policy narrower) {
        if (narrower.paths() != null || narrower.all() != null) {
            origins.remove(PATHS);
            origins.remove(ALL);
            policy = without(policy, PATHS, ALL);
        }
        policy = merged("", policy, narrower, origin, Policy.class);
    }

    Policy policy() {
        return policy;
    }

    /** Where each member that is set comes from; more than one place for excludes only. */
    SortedMap<String, List<String>> origins() {
        return origins;
    }

    private <T extends Record> T merged(String path, T wide, T narrow, String origin, Class<T> type) {
        List<Object> values = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Object old = wide == null ? null : Documents.value(wide, component);
            Object fresh = narrow == null ? null : Documents.value(narrow, component);
            values.add(one(Documents.below(path, component.getName()), old, fresh, origin, component.getType()));
        }
        return Documents.make(type, values);
    }

    private Object one(String path, Object wide, Object narrow, String origin, Class<?> type) {
        if (narrow == null) {
            return wide;
        }
        if (type.isRecord()) {
            return nested(path, wide, narrow, origin, type.asSubclass(Record.class));
        }
        if (path.equals(EXCLUDES) && wide != null) {
            origins.get(path).add(origin);
            List<Object> all = new ArrayList<>((List<?>) wide);
            all.addAll((List<?>) narrow);
            return List.copyOf(all);
        }
        origins.put(path, new ArrayList<>(List.of(origin)));
        return narrow;
    }

    private <T extends Record> T nested(String path, Object wide, Object narrow, String origin, Class<T> type) {
        return merged(path, type.cast(wide), type.cast(narrow), origin, type);
    }

    /** What a policy sets beside these members. */
    static Policy without(Policy policy, String... members) {
        Set<String> left = Set.of(members);
        return Documents.make(
                Policy.class,
                Arrays.stream(Policy.class.getRecordComponents())
                        .map(each -> left.contains(each.getName()) ? null : Documents.value(policy, each))
                        .toList());
    }
}
