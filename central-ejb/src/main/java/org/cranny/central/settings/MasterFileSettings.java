package org.cranny.central.settings;

import java.time.Duration;

/** What an installation sets of the master file. */
public interface MasterFileSettings {
    Values values();

    /** How often the timer looks for silent hosts and refreshes the master file. */
    default Duration masterFileInterval() {
        return Duration.ofSeconds(values().number("cranny.master-file.interval-seconds", 30));
    }

    /** How long news is gathered before the master file is made again: as set, else one second to a minute. */
    default Duration masterFileDelay(int hosts) {
        return Duration.ofMillis(
                values().number("cranny.master-file.delay-millis", Math.min(60_000, 1_000 + 6L * hosts)));
    }

    /** How many versions of the master file are kept. */
    default long masterFilesKept() {
        return values().number("cranny.master-file.kept", 1_000);
    }

    /** Of how many versions of the master file it is kept what they changed. */
    default long masterFileChangesKept() {
        return values().number("cranny.master-file.changes-kept", 100_000);
    }
}
