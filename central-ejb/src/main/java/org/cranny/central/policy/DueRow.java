package org.cranny.central.policy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

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

    void refresh(Long next) {
        nextMillis = next;
        stale = 0;
    }
}
