package org.cranny.central.log;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The chain's newest link; one row, locked by whoever appends. */
@Entity
@Table(name = "log_head")
class LogHead {
    static final int ID = 1;

    @Id
    private int id;

    private long sequence;
    private String hash;

    protected LogHead() {}

    long sequence() {
        return sequence;
    }

    String hash() {
        return hash;
    }

    void moveTo(LogRow row) {
        sequence = row.sequence();
        hash = row.hash();
    }
}
