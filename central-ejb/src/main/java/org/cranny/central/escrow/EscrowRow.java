package org.cranny.central.escrow;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** One deposit; its key ring is never changed. */
@Entity
@Table(name = "escrow")
class EscrowRow {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "escrow_seq")
    @SequenceGenerator(name = "escrow_seq", sequenceName = "escrow_seq", allocationSize = 50)
    private Long id;

    private long source;
    private int generation;
    private String hash;

    @Column(name = "key_ring")
    private byte[] keyRing;

    private byte[] browse;

    @Column(name = "deposited_millis")
    private long depositedMillis;

    protected EscrowRow() {}

    EscrowRow(long source, int generation, String hash, byte[] keyRing, byte[] browse, Instant deposited) {
        this.source = source;
        this.generation = generation;
        this.hash = hash;
        this.keyRing = keyRing;
        this.browse = browse;
        this.depositedMillis = deposited.toEpochMilli();
    }

    SealedRing ring() {
        return new SealedRing(generation, keyRing, browse, Instant.ofEpochMilli(depositedMillis));
    }
}
