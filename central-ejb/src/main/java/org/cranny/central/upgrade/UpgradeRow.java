package org.cranny.central.upgrade;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/** An upgrade from its asking to its end; kept for ever. */
@Entity
@Table(name = "upgrade")
class UpgradeRow {
    private static final int LONGEST_REASON = 1_000;

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "upgrade_seq")
    @SequenceGenerator(name = "upgrade_seq", sequenceName = "upgrade_seq", allocationSize = 50)
    private Long id;

    private String version;

    @Column(name = "asked_by")
    private String askedBy;

    @Column(name = "asked_millis")
    private long askedMillis;

    private String stopped;

    @Column(name = "ended_millis")
    private Long endedMillis;

    protected UpgradeRow() {}

    UpgradeRow(String version, String askedBy, Instant asked) {
        this.version = version;
        this.askedBy = askedBy;
        this.askedMillis = asked.toEpochMilli();
    }

    long id() {
        return id;
    }

    String version() {
        return version;
    }

    Instant asked() {
        return Instant.ofEpochMilli(askedMillis);
    }

    boolean goesOn() {
        return endedMillis == null && stopped == null;
    }

    boolean ended() {
        return endedMillis != null;
    }

    void stop(String reason) {
        stopped = reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    }

    void end(Instant now) {
        endedMillis = now.toEpochMilli();
    }

    /** @param lines null to leave them out */
    Upgrade shown(long programs, long upgraded, long failed, List<Upgrade.Line> lines) {
        String state = endedMillis == null ? "RUNNING" : stopped == null ? "DONE" : "STOPPED";
        return new Upgrade(
                id,
                state,
                version,
                askedBy,
                Instant.ofEpochMilli(askedMillis).toString(),
                endedMillis == null ? null : Instant.ofEpochMilli(endedMillis).toString(),
                stopped,
                programs,
                upgraded,
                failed,
                lines);
    }
}
