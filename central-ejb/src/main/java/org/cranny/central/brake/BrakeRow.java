package org.cranny.central.brake;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** Pulled once, released at most once, kept for ever. */
@Entity
@Table(name = "brake")
class BrakeRow {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "brake_seq")
    @SequenceGenerator(name = "brake_seq", sequenceName = "brake_seq", allocationSize = 50)
    private Long id;

    private Long source;

    @Column(name = "open_key")
    private String openKey;

    @Column(name = "last_good")
    private Long lastGood;

    @Column(name = "pulled_by")
    private String pulledBy;

    @Column(name = "pulled_millis")
    private long pulledMillis;

    private String reason;

    @Column(name = "released_by")
    private String releasedBy;

    @Column(name = "released_millis")
    private Long releasedMillis;

    protected BrakeRow() {}

    BrakeRow(Long source, Long lastGood, String actor, Instant now, String reason) {
        this.source = source;
        this.openKey = key(source);
        this.lastGood = lastGood;
        this.pulledBy = actor;
        this.pulledMillis = now.toEpochMilli();
        this.reason = reason;
    }

    static String key(Long source) {
        return source == null ? "central" : "system " + source;
    }

    void release(String actor, Instant now) {
        openKey = null;
        releasedBy = actor;
        releasedMillis = now.toEpochMilli();
    }

    Brake shown() {
        return new Brake(
                id,
                source,
                lastGood,
                pulledBy,
                Instant.ofEpochMilli(pulledMillis).toString(),
                reason,
                releasedBy,
                releasedMillis == null
                        ? null
                        : Instant.ofEpochMilli(releasedMillis).toString());
    }
}
