package org.cranny.central.job;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.cranny.protocol.job.JobOffer;
import org.cranny.protocol.job.JobProgress;
import org.cranny.protocol.job.JobResult;
import org.cranny.protocol.job.JobState;
import org.cranny.protocol.job.JobWarning;
import org.cranny.protocol.job.RecoverOrder;

/**
 * One job from the wish to its end.
 *
 * <p>It is born WAITING. A claim makes it RUNNING, raises the claim's number and counts an attempt; each report makes
 * the lease last longer. When the lease passes it is WAITING again under the same claim, so that an agent that was only
 * cut off may still report; the next claim shuts it out. An agent that is being stopped gives it back, which costs no
 * attempt. After {@link #MOST_ATTEMPTS} attempts that fell silent it is FAILED. A wish to cancel ends a waiting job at
 * once, a running one when its agent has stopped or its lease has passed. An end is for ever.
 */
@Entity
@Table(name = "job")
class JobRow {
    static final int MOST_ATTEMPTS = 5;
    private static final int LONGEST_SUMMARY = 4_000;
    private static final int ORDER_PAGE = 0;

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "job_seq")
    @SequenceGenerator(name = "job_seq", sequenceName = "job_seq", allocationSize = 50)
    private Long id;

    private long system;
    private String kind;

    @Enumerated(EnumType.STRING)
    private JobState state;

    @Column(name = "due_millis")
    private Long dueMillis;

    private String actor;
    private String reason;
    private byte[] salt;

    @Column(name = "order_document")
    private byte[] order;

    private long paths;
    private int pages;

    @Column(name = "created_millis")
    private long createdMillis;

    @Column(name = "started_millis")
    private Long startedMillis;

    @Column(name = "ended_millis")
    private Long endedMillis;

    @Column(name = "cancelled_by")
    private String cancelledBy;

    private String agent;
    private long claim;
    private int attempts;

    @Column(name = "lease_millis")
    private long leaseMillis;

    private long files;

    @Column(name = "files_total")
    private long filesTotal;

    private long bytes;

    @Column(name = "bytes_total")
    private long bytesTotal;

    @Column(name = "stored_bytes")
    private long storedBytes;

    private long warnings;

    @Column(name = "bytes_per_second")
    private long bytesPerSecond;

    @Column(name = "seconds_left")
    private Long secondsLeft;

    @Column(name = "exit_code")
    private Integer exitCode;

    private String summary;
    private String failure;
    private byte[] outcome;

    protected JobRow() {}

    JobRow(Wish wish, JobSeal seal, byte[] salt, Instant created) {
        this.system = wish.system();
        this.kind = wish.order().kind().name();
        this.state = JobState.WAITING;
        this.dueMillis = wish.due() == null ? null : wish.due().toEpochMilli();
        this.actor = wish.actor();
        this.reason = wish.reason();
        this.salt = salt;
        this.order = seal.seal(
                salt, JobSeal.ORDER, ORDER_PAGE, Documents.write(wish.order().document()));
        this.createdMillis = created.toEpochMilli();
    }

    void lists(long pathCount, int pageCount) {
        paths = pathCount;
        pages = pageCount;
    }

    void claim(String by, Instant now, Duration lease) {
        state = JobState.RUNNING;
        agent = by;
        claim++;
        attempts++;
        renew(now, lease);
        if (startedMillis == null) {
            startedMillis = now.toEpochMilli();
        }
    }

    void renew(Instant now, Duration lease) {
        state = JobState.RUNNING;
        leaseMillis = now.plus(lease).toEpochMilli();
    }

    void progress(JobProgress report) {
        files = report.files();
        filesTotal = report.filesTotal();
        bytes = report.bytes();
        bytesTotal = report.bytesTotal();
        storedBytes = report.storedBytes();
        warnings = report.warnings();
        bytesPerSecond = report.bytesPerSecond();
        secondsLeft = report.secondsLeft();
    }

    /** Waits again; its place before later jobs stays. */
    void waitAgain() {
        state = JobState.WAITING;
        leaseMillis = 0;
        bytesPerSecond = 0;
        secondsLeft = null;
    }

    /** The agent gave it back in good order. */
    void givenBack() {
        waitAgain();
        attempts--;
    }

    void askedToStop(String by) {
        if (cancelledBy == null) {
            cancelledBy = by;
        }
    }

    void end(JobState how, Instant now) {
        state = how;
        endedMillis = now.toEpochMilli();
        leaseMillis = 0;
        bytesPerSecond = 0;
        secondsLeft = null;
    }

    void fail(String why, Instant now) {
        failure = why;
        end(JobState.FAILED, now);
    }

    void end(JobResult result, JobState how, JobSeal seal, Instant now) {
        exitCode = result.exitCode();
        warnings = Math.max(warnings, result.warnings());
        if (result.summary() != null) {
            String text = Documents.text(result.summary());
            summary = text.length() <= LONGEST_SUMMARY ? text : null;
        }
        List<JobWarning> examples = result.examples() == null ? List.of() : result.examples();
        byte[] octets = Documents.write(new JobOutcome(result.message(), examples));
        outcome = seal.seal(salt, JobSeal.OUTCOME, 0, octets);
        end(how, now);
    }

    /** A lease that would last longer than any does was given by a clock that was ahead. */
    boolean lapsed(Instant now, Duration lease) {
        return state == JobState.RUNNING
                && (leaseMillis < now.toEpochMilli()
                        || leaseMillis > now.plus(lease.multipliedBy(2)).toEpochMilli());
    }

    boolean hadBy(String other) {
        return other.equals(agent);
    }

    boolean exhausted() {
        return attempts >= MOST_ATTEMPTS;
    }

    /** Whether a schedule wanted it, so that nobody waits for it. */
    boolean planned() {
        return dueMillis != null;
    }

    boolean cancelling() {
        return cancelledBy != null;
    }

    long id() {
        return id;
    }

    long system() {
        return system;
    }

    JobState state() {
        return state;
    }

    long claim() {
        return claim;
    }

    byte[] salt() {
        return salt;
    }

    int pages() {
        return pages;
    }

    String kind() {
        return kind;
    }

    JobOffer offer(JobSeal seal, Duration lease) {
        return new JobOffer(id, claim, kind, document(seal), paths, pages, attempts, lease.toSeconds());
    }

    Job line() {
        return job(failure, null, null);
    }

    Job whole(JobSeal seal) {
        JobOutcome told = outcome == null
                ? new JobOutcome(failure, List.of())
                : Documents.read(seal.open(salt, JobSeal.OUTCOME, 0, outcome), JobOutcome.class);
        Map<String, Object> shown = document(seal);
        shown.remove(RecoverOrder.TOKEN);
        return job(told.message(), shown, told.examples());
    }

    private Map<String, Object> document(JobSeal seal) {
        return Documents.object(seal.open(salt, JobSeal.ORDER, ORDER_PAGE, order));
    }

    private Job job(String message, Map<String, Object> document, List<JobWarning> examples) {
        return new Job(
                id,
                system,
                kind,
                state,
                instant(dueMillis),
                actor,
                reason,
                Instant.ofEpochMilli(createdMillis),
                instant(startedMillis),
                instant(endedMillis),
                cancelledBy,
                attempts,
                paths,
                pages,
                startedMillis == null ? null : progress(),
                exitCode,
                summary == null ? null : Documents.object(summary),
                message,
                warnings,
                document,
                examples,
                null);
    }

    private JobProgress progress() {
        return new JobProgress(
                claim, files, filesTotal, bytes, bytesTotal, storedBytes, warnings, bytesPerSecond, secondsLeft);
    }

    private static Instant instant(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
