package org.cranny.client.agent;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import org.cranny.client.central.Central;
import org.cranny.engine.backup.CatalogueAwayException;
import org.cranny.protocol.job.AgentHold;
import org.cranny.protocol.job.JobClaim;
import org.cranny.protocol.job.JobOffer;
import org.cranny.protocol.job.JobResult;
import org.cranny.protocol.problem.ProblemException;

/** The jobs that central has for this machine. First central hears how the last one ended, then it gives the next. */
final class CentralJobs implements WorkSource {
    private final Central central;
    private final Journal journal;
    private final Execution execution;
    private final Holds holds;
    private final Ending.Judge judge;
    private final Log log;
    private final String agent;
    private volatile JobRun running;
    private boolean resumed;
    private boolean answered;

    CentralJobs(Central central, Journal journal, Execution execution, Holds holds, Ending.Judge judge, Log log)
            throws IOException {
        this.central = central;
        this.journal = journal;
        this.execution = execution;
        this.holds = holds;
        this.judge = judge;
        this.log = log;
        this.agent = journal.id(new SecureRandom());
    }

    /** Somebody looks at this job, or it waits. @return whether it is the one that runs */
    boolean heard(long job) {
        JobRun run = running;
        if (run != null && run.job() == job) {
            run.hurry();
            return true;
        }
        return false;
    }

    /** Whether central gave an answer when it was asked last. */
    boolean answered() {
        return answered;
    }

    void cancel(long job) {
        JobRun run = running;
        if (run != null && run.job() == job) {
            run.cancel();
        }
    }

    @Override
    public Optional<Work> next() throws IOException {
        running = null;
        answered = false;
        tellResult();
        Optional<AgentHold> hold = holds.now();
        Optional<JobOffer> kept = journal.job();
        Optional<JobOffer> offered;
        try {
            offered = central.claim(new JobClaim(agent, hold.orElse(null)));
        } catch (CatalogueAwayException away) {
            if (kept.isEmpty() || resumed || Holds.holds(hold, JobRun.isPlanned(kept.get()))) {
                throw away;
            }
            log.line("resuming-alone", "job", kept.get().job());
            return Optional.of(begun(kept.get()));
        }
        answered = true;
        if (kept.isPresent() && !offered.map(JobOffer::job).equals(kept.map(JobOffer::job))) {
            journal.clear();
        }
        if (offered.isEmpty()) {
            return Optional.empty();
        }
        journal.job(offered.get());
        return Optional.of(begun(offered.get()));
    }

    private Work begun(JobOffer offer) {
        resumed = true;
        running = new JobRun(offer, central, journal, execution, holds, judge, log);
        return running;
    }

    private void tellResult() throws IOException {
        Optional<JobResult> result = journal.result();
        Optional<JobOffer> job = journal.job();
        if (result.isEmpty() || job.isEmpty()) {
            return;
        }
        try {
            central.result(job.get().job(), result.get());
        } catch (ProblemException refused) {
            log.line("result-refused", "job", job.get().job(), "reason", refused.getMessage());
        }
        journal.clear();
    }
}
