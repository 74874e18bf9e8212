package org.cranny.central.snapshot;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.cranny.central.placement.Shares;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.Committed;
import org.cranny.protocol.snapshot.Manifest;
import org.cranny.protocol.snapshot.SnapshotLine;

/** A committed snapshot: added once, never changed, but for whether it is forgotten or held. */
@Entity
@Table(name = "snapshot")
class SnapshotRow {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "snapshot_seq")
    @SequenceGenerator(name = "snapshot_seq", sequenceName = "snapshot_seq", allocationSize = 50)
    private Long id;

    private long source;
    private long version;
    private String hash;
    private long epoch;

    @Column(name = "received_millis")
    private long receivedMillis;

    private long files;
    private long bytes;

    @Column(name = "stored_bytes")
    private long storedBytes;

    private byte[] manifest;
    private byte[] committed;

    @Column(name = "forgotten_millis")
    private Long forgottenMillis;

    @Column(name = "forgotten_by")
    private String forgottenBy;

    @Column(name = "given_up_millis")
    private Long givenUpMillis;

    private String held;

    protected SnapshotRow() {}

    SnapshotRow(Manifest manifest, Signed signed, Committed committed, Signed countersigned) {
        this.source = manifest.source().number();
        this.version = manifest.version();
        this.hash = HexFormat.of().formatHex(committed.manifest());
        this.epoch = manifest.epoch();
        this.receivedMillis = committed.received().toEpochMilli();
        this.files = manifest.files();
        this.bytes = manifest.bytes();
        this.storedBytes = manifest.storedBytes();
        this.manifest = signed.bytes();
        this.committed = countersigned.bytes();
    }

    SnapshotLine line() {
        return new SnapshotLine(hash, version, text(manifest), text(committed), isGivenUp());
    }

    SnapshotSummary summary(Shares shares, List<SnapshotSummary.HostShare> hosts) {
        return new SnapshotSummary(
                hash,
                version,
                Instant.ofEpochMilli(receivedMillis).toString(),
                forgottenMillis == null
                        ? null
                        : Instant.ofEpochMilli(forgottenMillis).toString(),
                files,
                bytes,
                storedBytes,
                shares.packs(),
                shares.copies(),
                hosts);
    }

    void forget(Instant now, String actor) {
        forgottenMillis = now.toEpochMilli();
        forgottenBy = actor;
    }

    void recall() {
        forgottenMillis = null;
        forgottenBy = null;
    }

    /** @param reason null to let go of it */
    void hold(String reason) {
        held = reason;
    }

    SnapshotAge age() {
        return new SnapshotAge(
                version,
                hash,
                Instant.ofEpochMilli(receivedMillis),
                forgottenMillis == null ? null : Instant.ofEpochMilli(forgottenMillis),
                held);
    }

    boolean isForgotten() {
        return forgottenMillis != null;
    }

    /** From now on it cannot be brought back. */
    void giveUp(long nowMillis) {
        givenUpMillis = nowMillis;
    }

    boolean isGivenUp() {
        return givenUpMillis != null;
    }

    boolean isHeld() {
        return held != null;
    }

    Signed manifest() throws MalformedException {
        return Signed.parse(manifest);
    }

    String countersignature() {
        return text(committed);
    }

    String hash() {
        return hash;
    }

    long version() {
        return version;
    }

    private static String text(byte[] signed) {
        try {
            return Signed.parse(signed).text();
        } catch (MalformedException e) {
            throw new IllegalStateException("a signed document in the catalogue is damaged", e);
        }
    }
}
