package org.cranny.engine.check;

import java.util.ArrayList;
import java.util.List;

/** What was found so far; each is told at once. Thread-safe. */
final class Findings {
    private final List<Finding> all = new ArrayList<>();
    private final CheckListener listener;

    Findings(CheckListener listener) {
        this.listener = listener;
    }

    void add(Finding finding) {
        synchronized (all) {
            all.add(finding);
        }
        listener.found(finding);
    }

    List<Finding> all() {
        synchronized (all) {
            return List.copyOf(all);
        }
    }
}
