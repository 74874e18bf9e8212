package org.cranny.daemon.status;

import java.util.Map;
import org.cranny.protocol.heartbeat.Capacity;

/** What a daemon says of itself. @param system its URI @param central where it reports to, null in a realm without central @param boots how often it started @param counters by name, since it first began */
public record Status(
        String system,
        String name,
        String version,
        String central,
        long boots,
        Capacity capacity,
        Map<String, Long> counters) {
    /** Version of the daemon, as it tells it. */
    public static final String VERSION = "0.1.0";
}
