package org.cranny.central.settings;

import java.time.Duration;

/** What an installation sets of hosts: when they report, when they are missed, when they are full. */
public interface HostSettings {
    Values values();

    /**
     * Seconds between two reports of a host: as set, else 15 in small realms, so that a machine at rest stays at rest,
     * and up to 45 in great ones, so that who is shut out is refused everywhere within a minute, the age of the list of
     * them included.
     */
    default int heartbeatSeconds(int hosts) {
        return (int) values().number("cranny.heartbeat.interval-seconds", Math.max(15, Math.min(45, hosts / 20)));
    }

    /** A host that was silent for longer is suspect: as set, else three reports. */
    default Duration suspectAfter(int hosts) {
        return Duration.ofSeconds(values().number("cranny.host.suspect-seconds", 3L * heartbeatSeconds(hosts)));
    }

    /**
     * A host that was silent for longer is lost: people are told, and what it keeps is made up for.
     *
     * @param availability class of its week
     */
    default Duration lostAfter(String availability) {
        long seconds =
                switch (availability) {
                    case "always" -> values().number("cranny.host.lost-always-on-seconds", 86_400);
                    case "office" -> values().number("cranny.host.lost-office-seconds", 7 * 86_400);
                    case "sometimes" -> values().number("cranny.host.lost-sometimes-seconds", 21 * 86_400);
                    default -> values().number("cranny.host.lost-unknown-seconds", 7 * 86_400);
                };
        return Duration.ofSeconds(seconds);
    }

    /** A host that takes less than this is full. */
    default long fullBelowBytes() {
        return values().number("cranny.host.full-below-bytes", 32L << 20);
    }
}
