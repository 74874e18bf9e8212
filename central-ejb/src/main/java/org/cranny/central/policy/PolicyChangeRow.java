package org.cranny.central.policy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** One change; added once, never changed. */
@Entity
@Table(name = "policy_change")
class PolicyChangeRow {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "policy_change_seq")
    @SequenceGenerator(name = "policy_change_seq", sequenceName = "policy_change_seq")
    private Long id;

    private String scope;
    private String name;

    @Column(name = "changed_millis")
    private long changedMillis;

    @Column(name = "changed_by")
    private String changedBy;

    @Column(name = "before_document")
    private String before;

    @Column(name = "after_document")
    private String after;

    protected PolicyChangeRow() {}

    PolicyChangeRow(Scope scope, String name, Instant now, String actor, String before, String after) {
        this.scope = scope.word();
        this.name = name;
        this.changedMillis = now.toEpochMilli();
        this.changedBy = actor;
        this.before = before;
        this.after = after;
    }

    PolicyChange change() {
        return new PolicyChange(
                scope,
                name,
                Instant.ofEpochMilli(changedMillis),
                changedBy,
                before == null ? null : Documents.parse(before),
                after == null ? null : Documents.parse(after));
    }
}
