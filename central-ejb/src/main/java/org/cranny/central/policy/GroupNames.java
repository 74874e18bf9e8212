package org.cranny.central.policy;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which of the directory's groups count: those whose names could be labels, not too many, in an order that every database has. */
final class GroupNames {
    /** The most groups of a system, its labels and those of the directory together. */
    static final int MOST = 50;

    private GroupNames() {}

    /** In small letters, each once, in their order; what could not be a label is left out. */
    static List<String> legal(Collection<String> spelled) {
        return spelled.stream()
                .filter(name -> name.chars().allMatch(letter -> letter < 128))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(Scope::isLabel)
                .distinct()
                .sorted()
                .toList();
    }

    /** As many as there is room for, in their order; when there are too many, those without a policy are left out first. */
    static List<String> atMost(int room, List<String> names, EntityManager entities) {
        if (names.size() <= room) {
            return names;
        }
        Set<String> ruled = Layers.policies(entities, names).keySet();
        return names.stream()
                .sorted(Comparator.comparing(name -> !ruled.contains(name)))
                .limit(room)
                .sorted()
                .toList();
    }
}
