package org.cranny.engine.check;

import java.util.List;

/**
 * What came of a trial restore.
 *
 * @param files that came back as the snapshot has them
 * @param bytes sum of their sizes
 * @param compared of these, files that are on this disk with the same size and time, and were compared with it
 * @param findings files that did not come back, or came back different
 */
public record TrialOutcome(long files, long bytes, long compared, List<Finding> findings) {
    public TrialOutcome {
        findings = List.copyOf(findings);
    }

    public boolean sound() {
        return findings.isEmpty();
    }
}
