package org.cranny.engine.restore;

import java.util.ArrayList;
import java.util.List;

/** What could not be brought back as it was, one line each; the first thousand are kept, all are counted. */
final class TargetWarnings {
    private static final int MOST_KEPT = 1000;

    private final List<String> kept = new ArrayList<>();
    private long count;

    synchronized void add(String path, String reason) {
        count++;
        if (kept.size() < MOST_KEPT) {
            kept.add(path + ": " + reason);
        }
    }

    synchronized List<String> kept() {
        return List.copyOf(kept);
    }

    synchronized long count() {
        return count;
    }
}
