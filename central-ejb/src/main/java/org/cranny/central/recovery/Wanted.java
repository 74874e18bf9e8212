package org.cranny.central.recovery;

import java.util.List;
import org.cranny.engine.archive.Format;
import org.cranny.protocol.snapshot.SnapshotLine;

/**
 * A request that can be meant.
 *
 * @param format of an archive, else null
 * @param agent number of the machine whose agent takes the place, else null
 * @param why in the asker's words, or null
 */
record Wanted(long system, SnapshotLine snapshot, Way way, Format format, Long agent, Choice choice, String why) {

    /** Numbers of the systems that it is about, in the order in which they are locked: before the log. */
    List<Long> systems() {
        return agent == null ? List.of(system) : List.of(Math.min(system, agent), Math.max(system, agent));
    }

    /** For whoever gives leave, without file names. */
    String purpose() {
        String what =
                switch (way) {
                    case ARCHIVE -> "recovery as an archive";
                    case HAND_OVER -> "hand-over";
                    case AGENT -> "hand-over to system " + agent;
                };
        return what + ", version " + snapshot.version();
    }

    /** For the log. */
    String described() {
        return way + " of version " + snapshot.version()
                + (choice.paths().isEmpty() ? "" : ", " + choice.paths().size() + " paths");
    }
}
