package org.cranny.client.power;

import java.util.Optional;

/**
 * When a machine that runs on its battery makes no backup.
 *
 * @param never not at all
 * @param abovePercent only while it is fuller than this; 0 for always
 */
public record BatteryRule(boolean never, int abovePercent) {
    public static final BatteryRule NONE = new BatteryRule(false, 0);

    public BatteryRule {
        if (abovePercent < 0 || abovePercent > 99) {
            throw new IllegalArgumentException("a battery is between 0 and 99 percent full");
        }
    }

    /** Why not now, in one sentence; empty when nothing is against it. */
    public Optional<String> objection(Power power) {
        if (!power.onBattery()) {
            return Optional.empty();
        }
        if (never) {
            return Optional.of("This machine runs on its battery.");
        }
        int percent = power.percent().orElse(0);
        return percent > abovePercent
                ? Optional.empty()
                : Optional.of("This machine runs on its battery, which is " + percent
                        + " % full; a backup needs more than " + abovePercent + " %.");
    }
}
