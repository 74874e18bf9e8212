package org.cranny.central.alert;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;

/** The most a host has lent of late. After a week with less, the less is what is usual. */
@Entity
@Table(name = "lent_space")
class LentSpaceRow {
    private static final long REMEMBERED_MILLIS = Duration.ofDays(7).toMillis();

    @Id
    private long host;

    @Column(name = "lent_bytes")
    private long lentBytes;

    @Column(name = "seen_millis")
    private long seenMillis;

    protected LentSpaceRow() {}

    LentSpaceRow(long host) {
        this.host = host;
    }

    long host() {
        return host;
    }

    long lentBytes() {
        return lentBytes;
    }

    Instant seen() {
        return Instant.ofEpochMilli(seenMillis);
    }

    /** A day of the same is not written down at every look. */
    void see(long lentNow, Instant now) {
        long millis = now.toEpochMilli();
        if (lentNow > lentBytes || millis - seenMillis > REMEMBERED_MILLIS) {
            lentBytes = lentNow;
            seenMillis = millis;
        } else if (lentNow >= lentBytes - lentBytes / 10
                && millis - seenMillis > Duration.ofHours(1).toMillis()) {
            seenMillis = millis;
        }
    }
}
