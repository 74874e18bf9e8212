package org.cranny.central.system;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.cranny.protocol.heartbeat.Capacity;
import org.cranny.protocol.heartbeat.Heartbeat;
import org.cranny.protocol.masterfile.Host.State;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * A machine that lends space.
 *
 * <p>It joins silent and is SUSPECT until its first report. Reports say what it has; receipts that come after a
 * report lower what is left until the next one. Silence makes it SUSPECT, a report brings it back; a host that reports
 * but that nobody can reach is UNREACHABLE until somebody can. What an administrator decided (DRAINING, QUARANTINED) stays until he decides otherwise.
 * One that proves too little of what it keeps takes nothing new, and is quarantined when it proves less still; whoever lets
 * it in again gives it a new beginning.
 */
@Entity
@Table(name = "host")
class HostRow {
    @Id
    private long number;

    private String address;

    @Column(name = "failure_domain")
    private String failureDomain;

    @Enumerated(EnumType.STRING)
    private State decided;

    @Enumerated(EnumType.STRING)
    private State state;

    @Column(name = "available_bytes")
    private long availableBytes;

    @Column(name = "promised_bytes")
    private long promisedBytes;

    @Column(name = "quota_bytes")
    private long quotaBytes;

    @Column(name = "kept_bytes")
    private long keptBytes;

    @Column(name = "disk_bytes")
    private long diskBytes;

    @Column(name = "disk_free_bytes")
    private long diskFreeBytes;

    private long fragments;

    @Column(name = "heard_millis")
    private Long heardMillis;

    private long boots;

    @Column(name = "daemon_version")
    private String daemonVersion;

    @Column(name = "last_receipt")
    private String lastReceipt;

    @Column(name = "last_reports")
    private String lastReports;

    @Column(name = "set_aside")
    private String setAside;

    @Column(name = "set_aside_millis")
    private Long setAsideMillis;

    private String counters;

    @Column(name = "looked_seconds")
    private long lookedSeconds;

    private double rating;
    private String availability;
    private String unreachable;

    private double honesty;

    @Column(name = "retired_millis")
    private Long retiredMillis;

    @Embedded
    private LimitColumns limit = new LimitColumns();

    protected HostRow() {}

    HostRow(long number, String address, String label) {
        this.number = number;
        this.address = address;
        failureDomain = label == null || label.isBlank() ? "host:" + number : label;
        decided = State.ACCEPTING;
        state = State.SUSPECT;
        counters = "";
        rating = HostStatus.NEWCOMERS_RATING;
        honesty = Honesty.WHOLE;
        availability = HostStatus.UNKNOWN;
    }

    /** The row, nobody else's until the transaction ends. @throws ProblemException NOT_FOUND */
    static HostRow locked(EntityManager entities, long number) {
        HostRow host = entities.find(HostRow.class, number, LockModeType.PESSIMISTIC_WRITE);
        if (host == null) {
            throw new ProblemException(ProblemKind.NOT_FOUND, "there is no host with the number " + number);
        }
        return host;
    }

    void report(Heartbeat heartbeat, String countersText, Instant now) {
        Succession before = succession();
        if (before.isLate(heartbeat)) {
            return;
        }
        lastReports = before.reportsWith(heartbeat);
        Capacity capacity = heartbeat.capacity();
        availableBytes = capacity.availableBytes();
        promisedBytes = 0;
        quotaBytes = capacity.quotaBytes();
        keptBytes = capacity.keptBytes();
        diskBytes = capacity.diskBytes();
        diskFreeBytes = capacity.diskFreeBytes();
        fragments = capacity.fragments();
        heardMillis = now.toEpochMilli();
        boots = heartbeat.boots();
        daemonVersion = heartbeat.version();
        lastReceipt = heartbeat.lastReceipt();
        counters = countersText;
        limit.report(heartbeat.lending());
        if (heartbeat.address() != null) {
            address = heartbeat.address();
        }
    }

    /** Counts a fragment against the space, unless the last report came after its receipt and so counts it already. */
    void promise(long length, Instant receipt) {
        if (heardMillis == null || receipt.getEpochSecond() >= heardMillis / 1_000) {
            promisedBytes += length;
        }
    }

    /** @return whether the state is another one now */
    boolean settle(boolean silent, long fullBelowBytes) {
        State before = state;
        state = HostState.of(
                decided,
                silent || heardMillis == null,
                unreachable != null,
                freeBytes() < fullBelowBytes || Honesty.takesNothing(honesty));
        return state != before;
    }

    /** A report of a time that is long to come was noted by a clock that was ahead, and says nothing. */
    boolean silent(Instant now, Instant listeningSince, Duration patience) {
        Instant heard = heardMillis == null ? Instant.EPOCH : Instant.ofEpochMilli(heardMillis);
        boolean ahead = heard.isAfter(now.plus(patience));
        Instant since = heard.isAfter(listeningSince) && !ahead ? heard : listeningSince;
        return since.plus(patience).isBefore(now);
    }

    void decide(State wanted) {
        if (decided == State.QUARANTINED && wanted == State.ACCEPTING) {
            honesty = Honesty.WHOLE;
        }
        decided = wanted;
        setAside = null;
        setAsideMillis = null;
    }

    /** Nothing is sent there and none of its copies counts, until somebody decides otherwise. */
    void setAside(String why, Instant now) {
        decided = State.QUARANTINED;
        setAside = why;
        setAsideMillis = now.toEpochMilli();
    }

    /** Null unless central set it aside. */
    /** It left the realm with its space: nothing is sent there and nothing expected of it any more. */
    void retire(Instant now) {
        retiredMillis = now.toEpochMilli();
    }

    /** Why this report is not of the daemon that made the last one, or null. @param start of central */
    String contradiction(Heartbeat heartbeat, Instant start) {
        boolean sinceStart = heardMillis != null && heardMillis >= start.toEpochMilli();
        return succession().contradiction(heartbeat, sinceStart);
    }

    private Succession succession() {
        return Succession.of(boots, lastReceipt, lastReports);
    }

    /** Takes note that looks up to this second were counted. @return the second up to which they had been */
    long looked(long untilSecond) {
        long before = lookedSeconds;
        lookedSeconds = Math.max(before, untilSecond);
        return before;
    }

    void rate(Standing standing) {
        rating = standing.rating();
        availability = standing.availability();
    }

    double honesty() {
        return honesty;
    }

    void prove(double now) {
        honesty = now;
    }

    /** @param reason why nobody can reach it, or null when somebody can */
    void reach(String reason) {
        unreachable = reason;
    }

    long freeBytes() {
        return freeBytes(availableBytes, promisedBytes);
    }

    /** What is left of what was available at the last report, less what was promised since. */
    static long freeBytes(long availableBytes, long promisedBytes) {
        return Math.max(0, availableBytes - promisedBytes);
    }

    LimitColumns limit() {
        return limit;
    }

    /** Takes note of what its owner asks for. @return whether that is anything new */
    boolean ask(LendingRequest wished, String actor, Instant now) {
        boolean isNew = !wished.equals(limit.wished());
        if (isNew) {
            limit.ask(wished, actor, now, keptBytes);
        }
        return isNew;
    }

    boolean isRetired() {
        return retiredMillis != null;
    }

    /** What to ask for so that this much less is kept than now, or than is wanted already. @throws ProblemException BAD_REQUEST */
    LendingRequest lendingLess(long bytes) {
        LendingRequest before = limit.wished();
        long most = Math.min(keptBytes, quotaBytes);
        if (before.quotaBytes() != null) {
            most = Math.min(most, before.quotaBytes());
        }
        if (most <= 0) {
            throw new ProblemException(
                    Problem.ofField("bytes", "nothing more is kept there that is not wanted back already"));
        }
        return new LendingRequest(
                Math.max(0, most - bytes), before.quotaPercent(), before.keepFreeBytes(), before.keepFreePercent());
    }

    Lending lending(String name) {
        return new Lending(
                number,
                name,
                diskBytes,
                diskFreeBytes,
                quotaBytes,
                keptBytes,
                freeBytes(),
                limit.keptFreeBytes(),
                limit.ownQuotaBytes(),
                limit.asked(),
                limit.standing(heard().orElse(null), keptBytes > quotaBytes));
    }

    long quotaBytes() {
        return quotaBytes;
    }

    State state() {
        return state;
    }

    State decided() {
        return decided;
    }

    long number() {
        return number;
    }

    String address() {
        return address;
    }

    String availability() {
        return availability;
    }

    /** When it reported last. */
    Optional<Instant> heard() {
        return Optional.ofNullable(heardMillis).map(Instant::ofEpochMilli);
    }

    String failureDomain() {
        return failureDomain;
    }

    HostStatus status(String name) {
        return new HostStatus(
                number,
                name,
                address,
                failureDomain,
                state,
                freeBytes(),
                quotaBytes,
                keptBytes,
                fragments,
                heardMillis == null ? null : Instant.ofEpochMilli(heardMillis),
                rating,
                availability,
                unreachable,
                SetAside.of(setAside, setAsideMillis),
                limit.ownQuotaBytes());
    }
}
