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
import org.cranny.protocol.snapshot.SnapshotLine;

/** A recovery from its asking to its end; kept for ever. No file name is here. */
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
    private Long agent;
    private Long job;

    protected RecoveryRow() {}

    RecoveryRow(long source, SnapshotLine snapshot, Way way, String askedBy, Instant asked, Instant expires) {
        this.source = source;
        this.snapshot = snapshot.snapshot();
        this.version = snapshot.version();
        this.way = way;
        this.askedBy = askedBy;
        this.askedMillis = asked.toEpochMilli();
        this.expiresMillis = expires.toEpochMilli();
        this.state = RecoveryState.ASKED;
        this.served = "";
        this.away = "";
    }

    RecoveryRow asArchive(String ending, int chosen) {
        format = ending;
        paths = chosen;
        return this;
    }

    RecoveryRow asHandOver(String hash) {
        tokenHash = hash;
        return this;
    }

    RecoveryRow byAgent(String hash, long system, int chosen) {
        tokenHash = hash;
        agent = system;
        paths = chosen;
        return this;
    }

    void ordered(long number) {
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

    int paths() {
        return paths;
    }

    String format() {
        return format;
    }

    RecoveryState state() {
        return state;
    }

    String holder() {
        return holder;
    }

    /** @param run the one that goes on now, or that ended in this process, or null */
    Recovery shown(Run run, String token) {
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
