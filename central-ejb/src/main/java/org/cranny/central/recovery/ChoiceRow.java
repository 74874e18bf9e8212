package org.cranny.central.recovery;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** What a recovery is of, sealed; there from its asking until it can be begun no more. */
@Entity
@Table(name = "recovery_choice")
class ChoiceRow {
    @Id
    private long recovery;

    private byte[] salt;
    private byte[] sealed;

    @Column(name = "expires_millis")
    private long expiresMillis;

    protected ChoiceRow() {}

    ChoiceRow(long recovery, byte[] salt, byte[] sealed, Instant expires) {
        this.recovery = recovery;
        this.salt = salt;
        this.sealed = sealed;
        this.expiresMillis = expires.toEpochMilli();
    }

    byte[] salt() {
        return salt;
    }

    byte[] sealed() {
        return sealed;
    }
}
