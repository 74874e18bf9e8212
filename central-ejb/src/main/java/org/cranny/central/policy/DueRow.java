package org.cranny.central.policy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;

/** When the next backup of a source is due. */
@Entity
@Table(name = "backup_due")
class DueRow {
    @Id
    private long source;

    @Column(name = "next_millis")
    private Long nextMillis;

    @Column(name = "last_millis")
    private Long lastMillis;

    private int stale;

    protected DueRow() {}

    /** Not known yet. */
    DueRow(long source) {
        this.source = source;
        stale = 1;
    }

    /** Moves on from a time that is due. @return false when somebody else did before */
    boolean pass(long due, Long next) {
        boolean ours = nextMillis != null && nextMillis == due;
        if (ours) {
            lastMillis = due;
            nextMillis = next;
        }
        return ours;
    }

    /** From when on a time may be called for: from now, and not twice when the clock was set back by no more than this. */
    Instant from(Instant now, Duration little) {
        boolean called = lastMillis != null
                && lastMillis > now.toEpochMilli()
                && lastMillis <= now.plus(little).toEpochMilli();
        return called ? Instant.ofEpochMilli(lastMillis) : now;
    }

    void refresh(Long next) {
        nextMillis = next;
        stale = 0;
    }
}
