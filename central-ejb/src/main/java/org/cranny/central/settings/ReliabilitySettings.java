package org.cranny.central.settings;

import java.time.Duration;

/** What an installation sets of how it is found out whether hosts can be reached. */
public interface ReliabilitySettings {
    Values values();

    /** How often the timer weighs looks and sends central's own out. */
    default Duration reliabilityInterval() {
        return Duration.ofSeconds(values().number("cranny.reliability.interval-seconds", 10));
    }

    /** Looks are weighed against each other within so many seconds. */
    default long reliabilitySlotSeconds() {
        return Math.max(1, values().number("cranny.reliability.slot-seconds", 300));
    }

    /** After so many seconds what was seen counts half. */
    default long reliabilityHalfLifeSeconds() {
        return Math.max(1, values().number("cranny.reliability.half-life-seconds", 259_200));
    }

    /** Seconds between two looks of central at one host: as set, else a minute and more in great realms. */
    default long reliabilityLookSeconds(int hosts) {
        return values().number("cranny.reliability.look-seconds", Math.max(60, hosts / 20));
    }

    /** How often what is known of hosts' reliability is written down. */
    default Duration reliabilityKeptEvery() {
        return Duration.ofSeconds(values().number("cranny.reliability.kept-every-seconds", 300));
    }
}
