package org.cranny.client.power;

import java.util.Optional;
import org.cranny.protocol.policy.Policy;

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

    /** @param battery as a policy says it; members that are null say nothing */
    public static BatteryRule of(Policy.Battery battery) {
        return new BatteryRule(
                Boolean.TRUE.equals(battery.never()), battery.abovePercent() == null ? 0 : battery.abovePercent());
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
