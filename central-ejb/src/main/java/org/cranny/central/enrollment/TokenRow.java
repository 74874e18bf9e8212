package org.cranny.central.enrollment;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A token from its making to its last use; its text is not here. */
@Entity
@Table(name = "enrollment_token")
class TokenRow {
    private static final String OF_OWNER = "owner:";

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "enrollment_token_seq")
    @SequenceGenerator(name = "enrollment_token_seq", sequenceName = "enrollment_token_seq", allocationSize = 50)
    private Long id;

    private String hash;
    private String roles;
    private Integer remaining;

    @Column(name = "expires_millis")
    private long expiresMillis;

    @Column(name = "created_millis")
    private long createdMillis;

    @Column(name = "created_by")
    private String createdBy;

    protected TokenRow() {}

    /** Of an owner, for one machine that is theirs from the first moment. @param mail address, in small letters */
    static TokenRow own(String hash, String mail, Instant expires, Instant created) {
        return new TokenRow(hash, Set.of("source"), 1, expires, created, OF_OWNER + mail);
    }

    /** @param uses 0 for any number */
    TokenRow(String hash, Set<String> roles, int uses, Instant expires, Instant created, String createdBy) {
        this.hash = hash;
        this.roles = String.join(",", new TreeSet<>(roles));
        this.remaining = uses == 0 ? null : uses;
        this.expiresMillis = expires.toEpochMilli();
        this.createdMillis = created.toEpochMilli();
        this.createdBy = createdBy;
    }

    long id() {
        return id;
    }

    /** Whether it could be used now. */
    boolean isGood(Instant now) {
        return expiresMillis > now.toEpochMilli() && (remaining == null || remaining > 0);
    }

    /** Mail address of whom the machine belongs to that joins with this; empty when somebody else says it later. */
    Optional<String> owner() {
        return createdBy.startsWith(OF_OWNER) ? Optional.of(createdBy.substring(OF_OWNER.length())) : Optional.empty();
    }

    Set<String> roles() {
        return Set.copyOf(Arrays.asList(roles.split(",")));
    }
}
