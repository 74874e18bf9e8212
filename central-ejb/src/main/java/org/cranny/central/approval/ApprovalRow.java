package org.cranny.central.approval;

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

/** Asked once, decided at most once, kept for ever. That time gave it is reckoned, not written. */
@Entity
@Table(name = "approval")
class ApprovalRow {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "approval_seq")
    @SequenceGenerator(name = "approval_seq", sequenceName = "approval_seq", allocationSize = 50)
    private Long id;

    @Enumerated(EnumType.STRING)
    private ApprovalKind kind;

    private Long system;
    private String purpose;
    private String why;
    private boolean officers;

    @Column(name = "asked_by")
    private String askedBy;

    @Column(name = "asked_millis")
    private long askedMillis;

    @Column(name = "opens_millis")
    private Long opensMillis;

    @Column(name = "expires_millis")
    private long expiresMillis;

    @Enumerated(EnumType.STRING)
    private ApprovalState state;

    @Column(name = "decided_by")
    private String decidedBy;

    @Column(name = "decided_millis")
    private Long decidedMillis;

    private String content;

    @Column(name = "used_millis")
    private Long usedMillis;

    protected ApprovalRow() {}

    /**
     * @param officers whether it is recovery officers who open, so that time alone gives leave to begin
     * @param opens when it is given without a second person, or null
     */
    ApprovalRow(
            ApprovalKind kind,
            Long system,
            String purpose,
            String why,
            boolean officers,
            String askedBy,
            Instant asked,
            Instant opens,
            Instant expires) {
        this.kind = kind;
        this.system = system;
        this.purpose = purpose;
        this.why = why;
        this.officers = officers;
        this.askedBy = askedBy;
        this.askedMillis = asked.toEpochMilli();
        this.opensMillis = opens == null ? null : opens.toEpochMilli();
        this.expiresMillis = expires.toEpochMilli();
        this.state = ApprovalState.WAITING;
    }

    /** What exactly is to be done with it, once. */
    ApprovalRow forOnly(String digest) {
        content = digest;
        return this;
    }

    void use(Instant now) {
        usedMillis = now.toEpochMilli();
    }

    boolean used() {
        return usedMillis != null;
    }

    ApprovalKind kind() {
        return kind;
    }

    void decide(ApprovalState decision, String actor, Instant now) {
        state = decision;
        decidedBy = actor;
        decidedMillis = now.toEpochMilli();
    }

    ApprovalState state(Instant now) {
        if (now.toEpochMilli() >= expiresMillis) {
            return ApprovalState.EXPIRED;
        }
        boolean byTime = state == ApprovalState.WAITING && opensMillis != null && now.toEpochMilli() >= opensMillis;
        return byTime ? ApprovalState.GIVEN : state;
    }

    /** Whether this is the person who asked; directories do not tell upper from lower case. */
    boolean askedBy(String actor) {
        return askedBy.strip().equalsIgnoreCase(actor.strip());
    }

    boolean decided() {
        return decidedBy != null;
    }

    boolean officers() {
        return officers;
    }

    long id() {
        return id;
    }

    /** As the log names it. */
    String subject() {
        return system == null ? "central" : "system " + system;
    }

    String purpose() {
        return purpose;
    }

    /** For the log. */
    String given() {
        return decidedBy == null ? "approval " + id + " given by time" : "approval " + id + " given by " + decidedBy;
    }

    Approval shown(Instant now) {
        return new Approval(
                id,
                kind.name(),
                system,
                purpose,
                why,
                officers,
                askedBy,
                text(askedMillis),
                text(opensMillis),
                text(expiresMillis),
                state(now).name(),
                decidedBy,
                text(decidedMillis));
    }

    private static String text(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis).toString();
    }
}
