package org.cranny.central.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** What an installation sets of alerts. */
public interface AlertSettings {
    Values values();

    /** What central leaves free on its own disk. */
    long keepFreeBytes();

    /** How often the timer looks what is wrong and sends what waits. */
    default Duration alertInterval() {
        return Duration.ofSeconds(Math.max(1, values().number("cranny.alert.interval-seconds", 60)));
    }

    /** Between two messages to people; what happens meanwhile stands in the next one. */
    default Duration alertGathering() {
        return Duration.ofSeconds(values().number("cranny.alert.gather-seconds", 300));
    }

    /** After how long people are reminded of what nobody took on. */
    default Duration alertReminder() {
        return Duration.ofSeconds(Math.max(1, values().number("cranny.alert.remind-seconds", 86_400)));
    }

    /** How long alerts that are over are kept. */
    default Duration alertsKept() {
        return values().duration("cranny.alert.kept-days", ChronoUnit.DAYS, 365);
    }

    /** A host that lends less than this share, in percent, of what it lent of late had its disk reclaimed. */
    default long reclaimedBelowPercent() {
        return values().number("cranny.alert.reclaimed-below-percent", 50);
    }

    /** Central's own disk is nearly full when it has less than this. */
    default long diskLowBytes() {
        return values().number("cranny.alert.disk-low-bytes", 2 * keepFreeBytes());
    }
}
