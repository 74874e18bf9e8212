package org.cranny.central.proof;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** What a host was asked to prove. It begins when the host is seen first, and lasts as long as the host's own row. */
@Entity
@Table(name = "host_proof")
class HostProofRow {
    @Id
    private long host;

    @Column(name = "due_millis")
    private long dueMillis;

    @Column(name = "answered_millis")
    private Long answeredMillis;

    @Column(name = "silent_millis")
    private Long silentMillis;

    @Column(name = "silent_times")
    private int silentTimes;

    @Column(name = "epoch_day")
    private long epochDay;

    private long asked;
    private long proved;

    @Column(name = "asked_before")
    private long askedBefore;

    @Column(name = "proved_before")
    private long provedBefore;

    protected HostProofRow() {}

    HostProofRow(long host, Instant now) {
        this.host = host;
        dueMillis = now.toEpochMilli();
        epochDay = day(now);
    }

    long host() {
        return host;
    }

    /** How many fragments it owes a proof of by now; of a time away no more than a day's. */
    long owed(Instant now, long perDay) {
        long aDayAgo = now.minus(Duration.ofDays(1)).toEpochMilli();
        long since = isAhead(dueMillis, now) ? aDayAgo : Math.max(dueMillis, aDayAgo);
        return Math.max(0, now.toEpochMilli() - since)
                * perDay
                / Duration.ofDays(1).toMillis();
    }

    /** It is asked for all that it owes. */
    void paid(Instant now) {
        dueMillis = now.toEpochMilli();
    }

    void answered(Instant now, long right, long wrong) {
        answeredMillis = now.toEpochMilli();
        silentMillis = null;
        silentTimes = 0;
        count(now, right, wrong);
    }

    /** It reports, and gave no answer. */
    void silent(Instant now) {
        if (silentMillis == null || isAhead(silentMillis, now)) {
            silentMillis = now.toEpochMilli();
        }
        silentTimes++;
    }

    /** Whether it has been silent for so long and so often that nobody can take it for chance. */
    boolean refuses(Instant now, Duration patience, int times) {
        return silentMillis != null
                && silentTimes >= times
                && !now.isBefore(Instant.ofEpochMilli(silentMillis).plus(patience));
    }

    void count(Instant now, long right, long wrong) {
        roll(now);
        asked += right + wrong;
        proved += right;
    }

    private void roll(Instant now) {
        long today = day(now);
        if (today != epochDay) {
            askedBefore = today == epochDay + 1 ? asked : 0;
            provedBefore = today == epochDay + 1 ? proved : 0;
            asked = 0;
            proved = 0;
            epochDay = today;
        }
    }

    /** Noted by a clock that was set back since. */
    private static boolean isAhead(long millis, Instant now) {
        return millis > now.toEpochMilli();
    }

    private static long day(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC).toEpochDay();
    }

    HostProofs proofs(double honesty, Instant now) {
        long age = day(now) - epochDay;
        long askedSince = age > 1 ? 0 : age == 1 ? asked : asked + askedBefore;
        long provedSince = age > 1 ? 0 : age == 1 ? proved : proved + provedBefore;
        return new HostProofs(
                host,
                askedSince,
                provedSince,
                honesty,
                silentMillis == null ? null : Instant.ofEpochMilli(silentMillis));
    }
}
