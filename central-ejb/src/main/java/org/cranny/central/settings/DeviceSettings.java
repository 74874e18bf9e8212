package org.cranny.central.settings;

import java.time.Duration;

/** What an installation sets of phones and appliances whose owners upload files. Octets, unless a name says otherwise. */
public interface DeviceSettings {
    Values values();

    /** How many devices one owner may add; 0: nobody adds any. */
    default long devicesPerOwner() {
        return Math.max(0, values().number("cranny.devices.per-owner", 10));
    }

    /** What one uploaded file has at most. */
    default long uploadBytes() {
        return Math.max(0, values().number("cranny.devices.upload-bytes", 10L << 30));
    }

    /** What all devices of one owner have at most, by the sizes of the files in their newest snapshots. */
    default long ownerBytes() {
        return Math.max(0, values().number("cranny.devices.owner-bytes", 100L << 30));
    }

    /** What waits on central's disk to be spread at most. */
    default long uploadsWaitingBytes() {
        return Math.max(0, values().number("cranny.devices.waiting-bytes", 20L << 30));
    }

    /** How often it is looked whether uploads wait that could not be spread when they came. */
    default Duration deviceInterval() {
        return Duration.ofSeconds(Math.max(1, values().number("cranny.devices.interval-seconds", 15)));
    }
}
