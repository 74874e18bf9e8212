package org.cranny.central.policy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import org.cranny.protocol.policy.Policy;

/** What one scope sets, as it stands now. */
@Entity
@Table(name = "policy")
class PolicyRow {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "policy_seq")
    @SequenceGenerator(name = "policy_seq", sequenceName = "policy_seq")
    private Long id;

    private String scope;
    private String name;
    private String document;

    @Column(name = "changed_millis")
    private long changedMillis;

    @Column(name = "changed_by")
    private String changedBy;

    protected PolicyRow() {}

    PolicyRow(Scope scope, String name) {
        this.scope = scope.word();
        this.name = name;
    }

    void set(String text, Instant now, String actor) {
        document = text;
        changedMillis = now.toEpochMilli();
        changedBy = actor;
    }

    String document() {
        return document;
    }

    String name() {
        return name;
    }

    Policy policy() {
        return Documents.parse(document);
    }

    PolicyLine line() {
        return new PolicyLine(scope, name, policy(), Instant.ofEpochMilli(changedMillis), changedBy);
    }
}
