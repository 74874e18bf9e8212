package org.cranny.central.settings;

import java.time.Duration;
import org.cranny.protocol.custody.CopyOrder;

/** What an installation sets of copies that central has made. */
public interface RepairSettings {
    Values values();

    /** How often it is looked which packs have too few copies, and copies are made. */
    default Duration repairInterval() {
        return Duration.ofSeconds(Math.max(1, values().number("cranny.repair.interval-seconds", 10)));
    }

    /** How many copies are under way at a time in the whole realm. */
    default int copiesAtOnce() {
        return (int) Math.max(1, values().number("cranny.repair.at-once", 4));
    }

    /** In how many of these a host takes part, giving or taking; two at a time measure each other, and not the link. */
    default int copiesPerHost() {
        return (int) Math.max(1, values().number("cranny.repair.per-host", 1));
    }

    /** The share of its link, as it measures it, that a host takes for copies that central has it make. */
    default int copyLinkPercent() {
        return (int) Math.max(1, Math.min(100, values().number("cranny.repair.link-percent", CopyOrder.USUAL_PERCENT)));
    }

    /** How often room that owners want back is looked for, where copies enough lie elsewhere. */
    default Duration reclaimInterval() {
        return Duration.ofSeconds(Math.max(1, values().number("cranny.repair.reclaim-seconds", 5)));
    }

    /** No faster than this is one copy made; 0 is no limit. */
    default long copyBytesPerSecond() {
        return Math.max(0, values().number("cranny.repair.bytes-per-second", 0));
    }
}
