package org.cranny.engine.retention;

import java.time.Instant;
import java.util.List;

/** What forgetting does with the snapshots of a source. @param snapshots that are not given up, newest first */
public record ForgetPlan(List<Line> snapshots) {

    /** What becomes of one. */
    public enum State {
        KEEP,
        FORGET,
        /** It was forgotten before, and can be brought back. */
        FORGOTTEN
    }

    /**
     * One snapshot.
     *
     * @param ended when it was made, by the source's clock
     * @param reason why it is kept, or until when it can be brought back; empty for one that goes
     */
    public record Line(long version, String snapshot, Instant ended, State state, String reason) {}

    /** Those that go now. */
    public List<Long> versions() {
        return snapshots.stream()
                .filter(line -> line.state() == State.FORGET)
                .map(Line::version)
                .toList();
    }
}
