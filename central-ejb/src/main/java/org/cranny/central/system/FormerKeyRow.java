package org.cranny.central.system;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.security.PublicKey;
import java.time.Instant;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.PublicKeys;

/** A key with which a system signed until another machine took its place; kept for ever, for what it signed. */
@Entity
@Table(name = "former_key")
class FormerKeyRow {
    @Id
    private String fingerprint;

    private long system;

    @Column(name = "public_key")
    private byte[] publicKey;

    @Column(name = "replaced_millis")
    private long replacedMillis;

    protected FormerKeyRow() {}

    FormerKeyRow(long system, PublicKey key, Instant replaced) {
        this.fingerprint = SystemRow.fingerprint(key);
        this.system = system;
        this.publicKey = key.getEncoded();
        this.replacedMillis = replaced.toEpochMilli();
    }

    PublicKey key() {
        try {
            return PublicKeys.p256(publicKey);
        } catch (MalformedException e) {
            throw new IllegalStateException("a former key of system " + system + " is damaged", e);
        }
    }
}
