package org.cranny.central.settings;

import java.time.Duration;

/** What an installation sets of central's own dumps. */
public interface DumpSettings {
    Values values();

    /** At which hour of the day, UTC, central's database is dumped. */
    default int dumpHour() {
        return (int) Math.floorMod(values().number("cranny.dump.hour", 2), 24L);
    }

    /** How often it is looked whether tonight's dump is there, and each piece of a dump on enough hosts. */
    default Duration dumpInterval() {
        return Duration.ofSeconds(Math.max(1, values().number("cranny.dump.interval-seconds", 600)));
    }

    /** On how many hosts each piece of a dump lies. */
    default int dumpCopies() {
        return (int) Math.max(2, values().number("cranny.dump.copies", 2));
    }

    /** How many dumps are kept on hosts. */
    default int dumpsOnHosts() {
        return (int) Math.max(1, values().number("cranny.dump.kept-on-hosts", 7));
    }

    /** How many dumps are kept in central's home. */
    default int dumpsKept() {
        return (int) Math.max(1, values().number("cranny.dump.kept", 14));
    }
}
