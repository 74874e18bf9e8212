package org.cranny.central.retention;

import java.util.List;

/** What retention does with the snapshots of one system. @param snapshots newest first */
public record RetentionPlan(long system, List<Line> snapshots) {

    /**
     * One snapshot.
     *
     * @param received ISO 8601, by central's clock
     * @param state {@code keep}, {@code forget} or {@code forgotten}
     * @param reason why it is kept, or until when it can be brought back
     */
    public record Line(long version, String snapshot, String received, String state, String reason) {}
}
