package org.cranny.central.alert;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * An alert's life: raised once, told, reminded of while nobody takes it on, resolved when it is over. What was over
 * before anybody was told is not told at all.
 */
@Entity
@Table(name = "alert")
class AlertRow {
    /** What people are to be told. */
    enum Pending {
        RAISED,
        REMINDED,
        RESOLVED
    }

    private static final int LONGEST_DETAIL = 1_000;
    private static final int LONGEST_NAME = 200;

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "alert_seq")
    @SequenceGenerator(name = "alert_seq", sequenceName = "alert_seq", allocationSize = 50)
    private Long id;

    @Enumerated(EnumType.STRING)
    private AlertKind kind;

    private String subject;
    private String name;
    private String detail;

    @Column(name = "since_millis")
    private long sinceMillis;

    @Column(name = "raised_millis")
    private long raisedMillis;

    @Column(name = "told_millis")
    private Long toldMillis;

    @Column(name = "resolved_millis")
    private Long resolvedMillis;

    @Column(name = "acknowledged_millis")
    private Long acknowledgedMillis;

    @Column(name = "acknowledged_by")
    private String acknowledgedBy;

    @Column(name = "open_key")
    private String openKey;

    @Enumerated(EnumType.STRING)
    private Pending pending;

    protected AlertRow() {}

    AlertRow(Finding finding, Instant now) {
        kind = finding.kind();
        subject = finding.subject();
        name = cut(finding.name(), LONGEST_NAME);
        detail = cut(finding.detail(), LONGEST_DETAIL);
        sinceMillis = finding.since().toEpochMilli();
        raisedMillis = now.toEpochMilli();
        openKey = finding.key();
        pending = Pending.RAISED;
    }

    /** Takes over what is known now. */
    void update(String detailNow) {
        detail = cut(detailNow, LONGEST_DETAIL);
    }

    /** @param silently whether nobody needs to hear that it is over */
    void resolve(Instant now, boolean silently) {
        resolvedMillis = now.toEpochMilli();
        openKey = null;
        pending = toldMillis == null || silently ? null : Pending.RESOLVED;
    }

    /** @return whether nobody had taken it on before */
    boolean acknowledge(String person, Instant now) {
        if (acknowledgedMillis != null || resolvedMillis != null) {
            return false;
        }
        acknowledgedMillis = now.toEpochMilli();
        acknowledgedBy = cut(person, LONGEST_NAME);
        if (pending == Pending.REMINDED) {
            pending = null;
        }
        return true;
    }

    void remind() {
        pending = Pending.REMINDED;
    }

    /** People know. @return what they were told */
    Pending told(Instant now) {
        Pending was = pending;
        toldMillis = now.toEpochMilli();
        pending = null;
        return was;
    }

    String key() {
        return openKey;
    }

    AlertKind kind() {
        return kind;
    }

    String subject() {
        return subject;
    }

    Alert alert() {
        return new Alert(
                id,
                kind,
                subject,
                name,
                detail,
                state(),
                Instant.ofEpochMilli(sinceMillis),
                Instant.ofEpochMilli(raisedMillis),
                instant(resolvedMillis),
                instant(acknowledgedMillis),
                acknowledgedBy);
    }

    private AlertState state() {
        if (resolvedMillis != null) {
            return AlertState.RESOLVED;
        }
        return acknowledgedMillis == null ? AlertState.OPEN : AlertState.ACKNOWLEDGED;
    }

    private static Instant instant(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
