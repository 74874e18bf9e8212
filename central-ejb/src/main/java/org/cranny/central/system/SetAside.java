package org.cranny.central.system;

import java.time.Instant;

/** A host that central took no more notice of, until somebody has looked at it. @param why for people */
public record SetAside(String why, Instant since) {
    static SetAside of(String why, Long sinceMillis) {
        return why == null ? null : new SetAside(why, Instant.ofEpochMilli(sinceMillis));
    }
}
