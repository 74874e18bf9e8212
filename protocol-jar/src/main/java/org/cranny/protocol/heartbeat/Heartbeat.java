package org.cranny.protocol.heartbeat;

import java.util.List;

/** A host's report. @param boots counts the daemon's starts @param lastReceipt hex SHA-256 of the last receipt given, or null @param counters by name, since the daemon began @param seen what its connectivity monitor saw since the last report that arrived @param lending on what terms it lends; null from a daemon that follows no limits of central @param damages what it found wrong and central has not acknowledged yet, the oldest first, at most {@link Damage#MOST}; null for none @param continuity how it goes on where the report before ended; null from a daemon of before */
public record Heartbeat(
        long boots,
        String version,
        String address,
        Capacity capacity,
        String lastReceipt,
        java.util.Map<String, Long> counters,
        List<Seen> seen,
        LendingTerms lending,
        List<Damage> damages,
        Continuity continuity) {}
