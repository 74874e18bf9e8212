package org.cranny.central.snapshot;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import org.cranny.protocol.snapshot.LeaseRequest;

/** A source's turn. Its epoch rises with every turn that is taken, never falls, and outlives the turn. */
@Entity
@Table(name = "lease")
class LeaseRow {
    static final Duration LIFE = Duration.ofMinutes(2);

    @Id
    private long source;

    private long epoch;

    @Column(name = "until_millis")
    private long untilMillis;

    private String attempt;

    protected LeaseRow() {}

    LeaseRow(long source) {
        this.source = source;
    }

    /** A turn that would last longer than any does was taken by a clock that was ahead. */
    boolean held(Instant now) {
        return now.toEpochMilli() < untilMillis
                && untilMillis <= now.plus(LIFE.multipliedBy(2)).toEpochMilli();
    }

    /** Whether this request, which may have been repeated, took the turn. */
    boolean isOf(LeaseRequest request) {
        return attempt != null && attempt.equals(request.attempt());
    }

    void take(LeaseRequest request, Instant now) {
        epoch++;
        attempt = request.attempt();
        untilMillis = now.plus(LIFE).toEpochMilli();
    }

    void renew(Instant now) {
        untilMillis = now.plus(LIFE).toEpochMilli();
    }

    void release() {
        untilMillis = 0;
    }

    long epoch() {
        return epoch;
    }
}
