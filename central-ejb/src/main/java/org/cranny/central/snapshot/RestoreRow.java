package org.cranny.central.snapshot;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A restore that stands in the log. */
@Entity
@Table(name = "restore_note")
class RestoreRow {
    @Id
    private String id;

    protected RestoreRow() {}

    RestoreRow(String id) {
        this.id = id;
    }
}
