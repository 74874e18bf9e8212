package org.cranny.engine.restore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What could not be brought back as it was. All are counted; of each reason the first few things are named and the rest are one
 * line, because whoever restores without root's rights has one and the same reason for every file.
 */
final class TargetWarnings {
    private static final int NAMED = 3;
    private static final int MOST_REASONS = 300;
    private static final String OTHERS = "not as it was, for another reason";

    private final Map<String, Group> byReason = new LinkedHashMap<>();
    private long count;

    private static final class Group {
        private final List<String> named = new ArrayList<>();
        private long count;
    }

    synchronized void add(String path, String reason) {
        count++;
        boolean known = byReason.containsKey(reason) || byReason.size() < MOST_REASONS;
        Group group = byReason.computeIfAbsent(known ? reason : OTHERS, any -> new Group());
        group.count++;
        if (group.named.size() < NAMED) {
            group.named.add(path);
        }
    }

    /** One for each thing that is named, and one for the others of its reason. */
    synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        byReason.forEach((reason, group) -> {
            group.named.forEach(path -> lines.add(path + ": " + reason));
            long others = group.count - group.named.size();
            if (others > 0) {
                lines.add(String.format(Locale.ROOT, "%,d more: %s", others, reason));
            }
        });
        return lines;
    }

    synchronized long count() {
        return count;
    }
}
