package org.cranny.client.agent;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cranny.client.central.Central;
import org.cranny.client.report.Progress;
import org.cranny.engine.backup.CatalogueAwayException;
import org.cranny.protocol.job.JobKind;
import org.cranny.protocol.job.JobOffer;
import org.cranny.protocol.job.JobOrder;
import org.cranny.protocol.job.JobResult;
import org.cranny.protocol.job.JobState;
import org.cranny.protocol.problem.ProblemException;

/**
 * One hand-out of a job, from its beginning or from where it was stopped. How it ended is in the journal before central
 * is told, so that it is told in the end, whoever is away or killed meanwhile.
 */
final class JobRun implements Work {
    /** What came of it: one of the two is null. */
    private record Attempt(Execution.Finished finished, Exception failure) {}

    private final JobOffer offer;
    private final Central central;
    private final Journal journal;
    private final Execution execution;
    private final Holds holds;
    private final Ending.Judge judge;
    private final Log log;
    private volatile Reporter reporter;

    JobRun(
            JobOffer offer,
            Central central,
            Journal journal,
            Execution execution,
            Holds holds,
            Ending.Judge judge,
            Log log) {
        this.offer = offer;
        this.central = central;
        this.journal = journal;
        this.execution = execution;
        this.holds = holds;
        this.judge = judge;
        this.log = log;
    }

    /** Whether a schedule wanted it, so that nobody waits for it. */
    static boolean isPlanned(JobOffer offer) {
        return JobKind.RUN_NOW.name().equals(offer.kind())
                && offer.order() != null
                && offer.order().get("due") != null;
    }

    long job() {
        return offer.job();
    }

    /** Somebody looks at it. */
    void hurry() {
        Reporter reports = reporter;
        if (reports != null) {
            reports.hurry();
        }
    }

    void cancel() {
        Reporter reports = reporter;
        if (reports != null) {
            reports.cancel();
        }
    }

    @Override
    public String name() {
        return "job " + offer.job();
    }

    @Override
    public void run() throws IOException, InterruptedException {
        log.line(
                "job-begins",
                "job",
                offer.job(),
                "kind",
                offer.kind(),
                "attempt",
                offer.attempt(),
                "paths",
                offer.paths());
        Tally tally = new Tally(log);
        Attempt attempt;
        Reporter.Stop stop;
        boolean held;
        try (Holds.Watch watch = holds.watch(isPlanned(offer));
                Reporter reports = new Reporter(central, offer, tally)) {
            reporter = reports;
            attempt = attempt(tally);
            stop = reports.stopped();
            held = watch.stopped();
        } finally {
            reporter = null;
        }
        if (held && attempt.finished() == null && stop == Reporter.Stop.NONE) {
            giveBack(tally);
        } else {
            end(tally, attempt, stop);
        }
    }

    private Attempt attempt(Tally tally) {
        Progress progress = Progress.to(tally);
        try (progress) {
            return new Attempt(execute(progress), null);
        } catch (IOException | InterruptedException | RuntimeException thrown) {
            return new Attempt(null, thrown);
        } finally {
            tally.last(progress.counts());
        }
    }

    private Execution.Finished execute(Progress progress) throws IOException, InterruptedException {
        JobKind kind = Arrays.stream(JobKind.values())
                .filter(each -> each.name().equals(offer.kind()))
                .findFirst()
                .orElseThrow(() ->
                        new IOException("This agent does not know jobs of the kind " + offer.kind() + ". Upgrade it."));
        JobOrder order = JobOrder.of(kind, offer.order());
        return execution.run(kind, order, this::paths, progress);
    }

    /** The job's paths, kept here or fetched again; all of them or none. */
    private List<byte[]> paths(boolean exact) throws IOException {
        List<byte[]> kept = journal.paths(exact);
        if (kept.size() != offer.paths()) {
            journal.paths(
                    offer.pages(), page -> central.jobPaths(offer.job(), page).paths());
            kept = journal.paths(exact);
        }
        if (kept.size() != offer.paths()) {
            throw new IOException("Central gave " + kept.size() + " paths of this job instead of " + offer.paths()
                    + ". Order it again.");
        }
        return kept;
    }

    private void end(Tally tally, Attempt attempt, Reporter.Stop stop) throws IOException, InterruptedException {
        Execution.Finished finished = attempt.finished();
        Exception failure = attempt.failure();
        if (finished != null) {
            boolean well = finished.exitCode() == 0 || finished.exitCode() == 3;
            String message = well ? null : "Some of it failed; the warnings say what.";
            told(
                    tally,
                    result(
                            tally,
                            well ? JobState.DONE : JobState.FAILED,
                            finished.exitCode(),
                            finished.summary(),
                            message));
        } else if (stop == Reporter.Stop.PASSED) {
            log.line("job-passed", "job", offer.job());
            journal.clear();
        } else if (stop == Reporter.Stop.CANCELLED) {
            told(
                    tally,
                    result(
                            tally,
                            JobState.CANCELLED,
                            judge.of(new InterruptedException()).exitCode(),
                            null,
                            null));
        } else if (failure instanceof CatalogueAwayException away) {
            throw away;
        } else if (isInterruption(failure)) {
            giveBack(tally);
            throw new InterruptedException("the agent is being stopped");
        } else {
            Ending ending = judge.of(failure);
            told(tally, result(tally, JobState.FAILED, ending.exitCode(), null, ending.line()));
        }
    }

    private JobResult result(Tally tally, JobState state, int exitCode, Map<String, Object> summary, String message) {
        return new JobResult(
                offer.claim(),
                state.name(),
                exitCode,
                summary,
                message,
                tally.report(offer.claim()).warnings(),
                tally.examples());
    }

    private void told(Tally tally, JobResult result) throws IOException {
        journal.result(result);
        tellLastProgress(tally);
        log.line(
                "job-ends",
                "job",
                offer.job(),
                "state",
                result.state(),
                "exit",
                result.exitCode(),
                "warnings",
                result.warnings());
    }

    /** For people: the result does not depend on it. */
    private void tellLastProgress(Tally tally) {
        try {
            central.report(offer.job(), tally.report(offer.claim()));
        } catch (IOException | ProblemException unheard) {
            log.line("progress-unheard", "job", offer.job());
        }
    }

    /** Being stopped in good order costs no attempt. When central cannot be told it finds out by itself. */
    private void giveBack(Tally tally) throws IOException {
        log.line("job-stopped", "job", offer.job());
        try {
            central.result(offer.job(), result(tally, JobState.WAITING, 0, null, null));
            journal.clear();
        } catch (IOException | ProblemException away) {
            log.line("away", "reason", away.getMessage());
        }
    }

    private static boolean isInterruption(Exception failure) {
        boolean flagged = Thread.interrupted();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException
                    || cause instanceof java.io.InterruptedIOException
                            && !(cause instanceof java.net.SocketTimeoutException)) {
                return true;
            }
        }
        return flagged;
    }
}
