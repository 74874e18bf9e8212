package org.cranny.central.system;

import java.time.Instant;
import java.util.Set;

/**
 * One enrolled machine, as everybody but its own feature sees it.
 *
 * @param number never given twice in this realm
 * @param name of the machine
 * @param roles some of {@code source}, {@code host}, {@code monitor}; or {@code source} and {@code device}
 * @param enrolled when it joined
 * @param revoked whether it was shut out
 * @param owner mail address of the person who is responsible for it, or null
 */
public record Machine(long number, String name, Set<String> roles, Instant enrolled, boolean revoked, String owner) {
    public boolean isSource() {
        return roles.contains("source");
    }

    public boolean isHost() {
        return roles.contains("host");
    }

    /** Whether it is a phone or an appliance, for which central acts as backup application. */
    public boolean isDevice() {
        return roles.contains("device");
    }

    /** Whether it looks at hosts and lends nothing. */
    public boolean isMonitor() {
        return roles.contains("monitor");
    }
}
