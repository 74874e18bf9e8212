package org.cranny.central.settings;

import java.time.Duration;

/** What an installation sets of what is forgotten and deleted, and when. */
public interface RetentionSettings {
    Values values();

    /** How long a fragment lies in a host's trash before central has it deleted; the host has its own say too. */
    default Duration trashTime() {
        return Duration.ofSeconds(Math.max(0, values().number("cranny.trash.seconds", 14 * 86_400)));
    }

    /** How often snapshots are forgotten by policy and packs that nobody needs are marked and put away. */
    default Duration retentionInterval() {
        return Duration.ofSeconds(Math.max(1, values().number("cranny.retention.interval-seconds", 3_600)));
    }

    /** For how long a forgotten snapshot can be brought back; all its packs stay until then. */
    default Duration forgottenKept() {
        return Duration.ofSeconds(Math.max(0, values().number("cranny.retention.undo-seconds", 30 * 86_400)));
    }

    /** A pack is put away when it was found to be needed by nothing twice, so long apart. */
    default Duration marksApart() {
        return Duration.ofSeconds(Math.max(0, values().number("cranny.prune.marks-apart-seconds", 4 * 3_600)));
    }

    /** A pack that central has known for less is never marked. */
    default Duration pruneYoungest() {
        return Duration.ofSeconds(Math.max(0, values().number("cranny.prune.youngest-seconds", 86_400)));
    }

    /** Packs that no snapshot ever named are marked after so long. */
    default Duration uncommittedKept() {
        return Duration.ofSeconds(Math.max(0, values().number("cranny.prune.uncommitted-seconds", 30 * 86_400)));
    }

    /** The most that a prune takes of the octets of a source, in percent. */
    default long pruneMostPercent() {
        return values().number("cranny.prune.most-percent", 20);
    }

    /** Fewer octets that are needed no more pull no brake; nor do fewer than 64 times as many new ones. */
    default long brakeLeastBytes() {
        return values().number("cranny.brake.least-bytes", 16L << 20);
    }
}
