package org.cranny.daemon.reclaim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cranny.daemon.capacity.Lending;
import org.cranny.daemon.identity.Settings;
import org.cranny.protocol.heartbeat.LendingLimit;

/** Says on what terms is lent, in sentences. */
final class Terms {
    private Terms() {}

    /** The most that is lent by what was said at the machine, without an end. */
    static String most(Settings settings) {
        if (settings.quota() == null) {
            return "All room is lent";
        }
        Lending own = Limit.own(settings);
        return "At most "
                + (own.quotaPercent() < Lending.WHOLE ? percent(own.quotaPercent()) : Space.said(own.quotaBytes()))
                + " are lent";
    }

    /** What was asked for at central; empty when nothing is. */
    static Optional<String> atCentral(LendingLimit asked) {
        List<String> parts = new ArrayList<>();
        if (asked.quotaBytes() != null) {
            parts.add("at most " + Space.said(asked.quotaBytes()));
        }
        if (asked.quotaPercent() != null) {
            parts.add("at most " + percent(asked.quotaPercent()));
        }
        if (asked.keepFreeBytes() != null) {
            parts.add(Space.said(asked.keepFreeBytes()) + " free");
        }
        if (asked.keepFreePercent() != null) {
            parts.add(percent(asked.keepFreePercent()) + " free");
        }
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "At central was asked for: " + String.join(", ", parts) + ". Of both, what lends less holds.");
    }

    private static String percent(double share) {
        return (share == Math.rint(share) ? Long.toString((long) share) : Double.toString(share)) + "% of the disk";
    }
}
