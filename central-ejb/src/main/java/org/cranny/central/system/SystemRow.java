package org.cranny.central.system;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.PublicKeys;

/** A machine from its enrollment on; it is never deleted, only revoked. */
@Entity
@Table(name = "system")
class SystemRow {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "system_seq")
    @SequenceGenerator(name = "system_seq", sequenceName = "system_seq", allocationSize = 1)
    private Long number;

    private String name;
    private String roles;

    @Column(name = "public_key")
    private byte[] publicKey;

    @Column(name = "key_fingerprint")
    private String keyFingerprint;

    private long token;

    @Column(name = "enrolled_millis")
    private long enrolledMillis;

    @Column(name = "revoked_millis")
    private Long revokedMillis;

    @Column(name = "owner_mail")
    private String ownerMail;

    @Column(name = "backed_up_millis")
    private Long backedUpMillis;

    protected SystemRow() {}

    SystemRow(Newcomer newcomer, Instant enrolled) {
        name = newcomer.name();
        roles = String.join(",", new TreeSet<>(newcomer.roles()));
        publicKey = newcomer.key().getEncoded();
        keyFingerprint = fingerprint(newcomer.key());
        token = newcomer.token();
        enrolledMillis = enrolled.toEpochMilli();
    }

    static String fingerprint(PublicKey key) {
        return HexFormat.of().formatHex(PublicKeys.fingerprint(key));
    }

    Machine machine() {
        return new Machine(
                number,
                name,
                Set.copyOf(Arrays.asList(roles.split(","))),
                Instant.ofEpochMilli(enrolledMillis),
                revokedMillis != null,
                ownerMail);
    }

    PublicKey key() {
        try {
            return PublicKeys.p256(publicKey);
        } catch (MalformedException e) {
            throw new IllegalStateException("the key of system " + number + " is damaged", e);
        }
    }

    boolean hasKey(PublicKey key) {
        return keyFingerprint.equals(fingerprint(key));
    }

    void replaceKey(PublicKey key) {
        publicKey = key.getEncoded();
        keyFingerprint = fingerprint(key);
    }

    boolean cameWith(long tokenNumber) {
        return token == tokenNumber;
    }

    boolean revoked() {
        return revokedMillis != null;
    }

    void revoke(Instant now) {
        revokedMillis = now.toEpochMilli();
    }

    void backedUp(Instant received) {
        backedUpMillis = received.toEpochMilli();
    }

    /** Null before the first snapshot. */
    Instant backedUp() {
        return backedUpMillis == null ? null : Instant.ofEpochMilli(backedUpMillis);
    }

    /** Null when nobody is known to be responsible. */
    String owner() {
        return ownerMail;
    }

    void giveTo(String mail) {
        ownerMail = mail;
    }

    long number() {
        return number;
    }

    String name() {
        return name;
    }
}
