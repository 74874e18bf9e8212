package org.cranny.central.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A token from its making until it is revoked or past its time; then the row goes. Its text is not here. */
@Entity
@Table(name = "api_token")
class ApiTokenRow {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "api_token_seq")
    @SequenceGenerator(name = "api_token_seq", sequenceName = "api_token_seq", allocationSize = 50)
    private Long id;

    private String hash;
    private String owner;
    private String name;
    private String roles;
    private boolean reading;

    @Column(name = "created_millis")
    private long createdMillis;

    @Column(name = "expires_millis")
    private long expiresMillis;

    @Column(name = "used_millis")
    private Long usedMillis;

    protected ApiTokenRow() {}

    /** @param name null for a login */
    ApiTokenRow(
            String hash,
            String owner,
            String name,
            Set<String> roles,
            boolean reading,
            Instant created,
            Instant expires) {
        this.hash = hash;
        this.owner = owner;
        this.name = name;
        this.roles = String.join(",", new TreeSet<>(roles));
        this.reading = reading;
        this.createdMillis = created.toEpochMilli();
        this.expiresMillis = expires.toEpochMilli();
    }

    long id() {
        return id;
    }

    String owner() {
        return owner;
    }

    /** For the log. */
    String described() {
        return (name == null ? "login" : "token " + id + " \"" + name + "\"") + " of " + owner + ", roles " + roles
                + (reading ? ", for reading" : "");
    }

    boolean wasUsedSince(Instant moment) {
        return usedMillis != null && usedMillis >= moment.toEpochMilli();
    }

    Bearer bearer() {
        return new Bearer(owner, Set.copyOf(roleList()), reading);
    }

    /** @param token its text, or null */
    ApiToken shown(String token) {
        return new ApiToken(
                id,
                owner,
                name,
                roleList(),
                reading,
                text(createdMillis),
                text(expiresMillis),
                usedMillis == null ? null : text(usedMillis),
                token);
    }

    private List<String> roleList() {
        return Arrays.stream(roles.split(",")).filter(role -> !role.isEmpty()).toList();
    }

    private static String text(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
