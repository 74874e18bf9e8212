package org.cranny.central.recovery;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** A recovery from its asking to its end; kept for ever. No file name is here in clear. */
@Entity
@Table(name = "recovery")
class RecoveryRow {
    private static final int MOST_NAMES = 2_000;
    private static final int LONGEST_REASON = 500;

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "recovery_seq")
    @SequenceGenerator(name = "recovery_seq", sequenceName = "recovery_seq", allocationSize = 50)
    private Long id;

    private long source;
    private String snapshot;
    private long version;

    @Enumerated(EnumType.STRING)
    private Way way;

    private int paths;
    private String format;

    @Column(name = "asked_by")
    private String askedBy;

    @Column(name = "asked_millis")
    private long askedMillis;

    @Column(name = "expires_millis")
    private long expiresMillis;

    @Enumerated(EnumType.STRING)
    private RecoveryState state;

    @Column(name = "token_hash")
    private String tokenHash;

    private String holder;

    @Column(name = "ended_millis")
    private Long endedMillis;

    private long files;
    private long bytes;
    private long failed;

    @Column(name = "left_out")
    private long leftOut;

    private long octets;
    private String digest;
    private String served;
    private String away;
    private String reason;
    private Long approval;
    private Long agent;
    private Long job;

    protected RecoveryRow() {}

    RecoveryRow(Wanted wanted, String askedBy, Instant asked, Instant expires) {
        this.source = wanted.system();
        this.snapshot = wanted.snapshot().snapshot();
        this.version = wanted.snapshot().version();
        this.way = wanted.way();
        this.format = wanted.format() == null ? null : wanted.format().ending();
        this.agent = wanted.agent();
        this.paths = wanted.choice().paths().size();
        this.askedBy = askedBy;
        this.askedMillis = asked.toEpochMilli();
        this.expiresMillis = expires.toEpochMilli();
        this.state = RecoveryState.ASKED;
        this.served = "";
        this.away = "";
    }

    RecoveryRow withToken(String hash) {
        tokenHash = hash;
        return this;
    }

    RecoveryRow under(Long approvalId) {
        approval = approvalId;
        return this;
    }

    /** An agent has the token, and a job that says so. */
    void told(String hash, long number) {
        tokenHash = hash;
        job = number;
    }

    void run() {
        state = RecoveryState.RUNNING;
        reason = null;
        digest = null;
        octets = 0;
        endedMillis = null;
    }

    void end(Run run, Instant now) {
        Run.Figures figures = run.figures();
        files = figures.files();
        bytes = figures.bytes();
        failed = figures.failed();
        leftOut = figures.leftOut();
        served = cut(String.join("\n", run.served()), MOST_NAMES);
        away = cut(String.join("\n", run.away()), MOST_NAMES);
        octets = figures.octets();
        digest = run.digest();
        reason = run.reason() == null ? null : cut(run.reason(), LONGEST_REASON);
        state = run.state();
        endedMillis = now.toEpochMilli();
    }

    /** The place is taken; a machine that was told to also brings files back, and its job tells how that goes. */
    void handOver(String key, Instant now) {
        holder = key;
        state = RecoveryState.DONE;
        endedMillis = now.toEpochMilli();
    }

    boolean mayBegin(Instant now) {
        return now.toEpochMilli() < expiresMillis;
    }

    long id() {
        return id;
    }

    long source() {
        return source;
    }

    String snapshot() {
        return snapshot;
    }

    Way way() {
        return way;
    }

    String format() {
        return format;
    }

    String holder() {
        return holder;
    }

    Instant expires() {
        return Instant.ofEpochMilli(expiresMillis);
    }

    /** Null unless it is another machine's agent that takes the place. */
    Long agent() {
        return agent;
    }

    /** Null while no agent was told. */
    Long job() {
        return job;
    }

    /** Null when none was needed. */
    Long approval() {
        return approval;
    }

    /**
     * @param run the one that goes on now, or that ended in this process, or null
     * @param approvalState null when no approval is needed
     */
    Recovery shown(Run run, String approvalState, String token) {
        boolean running = state == RecoveryState.RUNNING;
        Run.Figures live = running && run != null ? run.figures() : null;
        boolean interrupted = running && run == null;
        return new Recovery(
                id,
                source,
                snapshot,
                version,
                way.name(),
                format,
                paths,
                interrupted ? RecoveryState.FAILED.name() : state.name(),
                askedBy,
                Instant.ofEpochMilli(askedMillis).toString(),
                Instant.ofEpochMilli(expiresMillis).toString(),
                endedMillis == null ? null : Instant.ofEpochMilli(endedMillis).toString(),
                live == null ? files : live.files(),
                live == null ? bytes : live.bytes(),
                run == null ? 0 : run.filesTotal(),
                run == null ? 0 : run.bytesTotal(),
                live == null ? failed : live.failed(),
                live == null ? leftOut : live.leftOut(),
                octets,
                digest,
                names(served),
                names(away),
                interrupted ? "central stopped while it ran" : reason,
                run == null ? List.of() : run.problems(),
                approval,
                approvalState,
                agent,
                job,
                token);
    }

    private static List<String> names(String lines) {
        return lines == null || lines.isEmpty() ? List.of() : Arrays.asList(lines.split("\n"));
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
