package org.cranny.central.placement;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.snapshot.PackClass;

/**
 * A pack of one source. It is registered with its first receipt, belongs to snapshots from the commit that adds it until
 * the one that removes it, and may be lost in between: GONE. Fresh receipts bring it back. When no snapshot needs it, it
 * is CONDEMNED, from where a commit brings it back, then TRASH with all its fragments, then GONE. A pack that was removed and
 * is added again also counts as a member of the snapshots between; for them that is one pack more than they need.
 */
@Entity
@Table(name = "pack")
class PackRow {
    enum State {
        LIVE,
        CONDEMNED,
        TRASH,
        GONE
    }

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "pack_seq")
    @SequenceGenerator(name = "pack_seq", sequenceName = "pack_seq", allocationSize = 50)
    private Long id;

    private long source;
    private String pack;

    @Column(name = "class")
    private int packClass;

    private long length;
    private int k;
    private int n;

    @Column(name = "from_version")
    private Long fromVersion;

    @Column(name = "to_version")
    private Long toVersion;

    @Enumerated(EnumType.STRING)
    private State state;

    @Column(name = "gone_epoch")
    private Long goneEpoch;

    @Column(name = "gone_seconds")
    private Long goneSeconds;

    private long moved;

    @Column(name = "registered_millis")
    private long registeredMillis;

    @Column(name = "marked_millis")
    private Long markedMillis;

    protected PackRow() {}

    PackRow(long source, Candidate candidate, long nowMillis) {
        this.registeredMillis = nowMillis;
        this.source = source;
        this.pack = candidate.pack().toString();
        this.packClass = candidate.packClass().code();
        this.length = candidate.length();
        this.k = candidate.redundancy().k();
        this.n = candidate.redundancy().n();
        this.state = State.LIVE;
    }

    boolean agrees(PackClass otherClass, long otherLength, int otherK, int otherN) {
        return packClass == otherClass.code() && length == otherLength && k == otherK && n == otherN;
    }

    /** Whether a receipt was given after the pack was found to be lost, or the pack never was. */
    boolean accepts(long receiptSecond) {
        return goneSeconds == null || receiptSecond > goneSeconds;
    }

    void revive() {
        state = State.LIVE;
        markedMillis = null;
    }

    /** Has been found to be needed by nothing. */
    void condemn(long nowMillis) {
        state = State.CONDEMNED;
        markedMillis = nowMillis;
    }

    void trash() {
        state = State.TRASH;
    }

    /** @param number higher than that of any move before */
    void move(long number) {
        moved = number;
    }

    long moved() {
        return moved;
    }

    State state() {
        return state;
    }

    long source() {
        return source;
    }

    void lose(long epoch, long second) {
        state = State.GONE;
        goneEpoch = epoch;
        goneSeconds = second;
    }

    void add(long version) {
        if (fromVersion == null) {
            fromVersion = version;
        }
        toVersion = null;
    }

    void remove(long version) {
        toVersion = version;
    }

    boolean inSet() {
        return fromVersion != null && toVersion == null;
    }

    boolean condemned() {
        return state == State.CONDEMNED;
    }

    boolean live() {
        return state == State.LIVE;
    }

    PackClass packClass() {
        try {
            return PackClass.of(packClass);
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    long id() {
        return id;
    }

    String pack() {
        return pack;
    }

    long length() {
        return length;
    }

    int k() {
        return k;
    }

    int n() {
        return n;
    }
}
