package org.cranny.central.alert;

import java.time.Instant;

/** Something that is wrong now. @param since when it began */
record Finding(AlertKind kind, String subject, String name, String detail, Instant since) {
    String key() {
        return kind + " " + subject;
    }
}
