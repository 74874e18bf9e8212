package org.cranny.central.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.cranny.central.database.Database;
import org.cranny.central.job.JobNews.What;
import org.cranny.central.log.AuditLog;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.Systems;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.job.JobClaim;
import org.cranny.protocol.job.JobOffer;
import org.cranny.protocol.job.JobPaths;
import org.cranny.protocol.job.JobProgress;
import org.cranny.protocol.job.JobResult;
import org.cranny.protocol.job.JobState;
import org.cranny.protocol.job.ProgressAnswer;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Hands jobs to agents and takes their reports.
 *
 * <ul>
 *   <li>At most one job of a system is RUNNING; the others wait in the order in which they were asked for.
 *   <li>A hand-out has a claim number of its own, and only reports under the newest one count: no job runs twice.
 *   <li>The agent that had a job when it ended gets it back at once; another one when the lease has passed.
 *   <li>The same report again changes nothing.
 * </ul>
 */
@ApplicationScoped
public class Claims {
    static final int OFTEN_SECONDS = 1;
    private static final int PAGE = 200;

    private final Database database;
    private final AuditLog log;
    private final Systems systems;
    private final JobBell bell;
    private final JobSeal seal;
    private final Watched watched;
    private final AgentHolds holds;
    private final Settings settings;
    private final Clock clock;

    protected Claims() {
        this(null, null, null, null, null, null, null, null, null);
    }

    @Inject
    public Claims(
            Database database,
            AuditLog log,
            Systems systems,
            JobBell bell,
            JobSeal seal,
            Watched watched,
            AgentHolds holds,
            Settings settings,
            Clock clock) {
        this.database = database;
        this.log = log;
        this.systems = systems;
        this.bell = bell;
        this.seal = seal;
        this.watched = watched;
        this.holds = holds;
        this.settings = settings;
        this.clock = clock;
    }

    /** Hands out the job that this agent had, or the one that waits longest; empty when there is nothing to do now. */
    public Optional<JobOffer> claim(SystemId source, JobClaim claim) {
        Results.check(claim);
        holds.told(source.number(), claim.hold());
        return database.durably(entities -> {
            systems.lock(source.number());
            Backlog backlog = new Backlog(entities);
            for (JobRow running : backlog.of(source.number(), JobState.RUNNING, PAGE)) {
                if (!running.lapsed(clock.instant(), settings.jobLease()) && !running.hadBy(claim.agent())) {
                    return Optional.empty();
                }
                if (!ended(running)) {
                    if (!held(running, claim)) {
                        return Optional.of(handOut(running, claim));
                    }
                    takeBack(running);
                }
            }
            for (JobRow waiting : newestPlannedFirst(backlog.of(source.number(), JobState.WAITING, PAGE))) {
                if (!held(waiting, claim) && !ended(waiting)) {
                    return Optional.of(handOut(waiting, claim));
                }
            }
            return Optional.empty();
        });
    }

    private void takeBack(JobRow running) {
        if (running.lapsed(clock.instant(), settings.jobLease())) {
            running.waitAgain();
        } else {
            running.givenBack();
        }
    }

    private static boolean held(JobRow row, JobClaim claim) {
        return claim.hold() != null && (claim.hold().all() || row.planned());
    }

    /**
     * Planned backups that had to wait are made good by one: their places in the order stay theirs, and the newest takes
     * the first, so that its agent answers the others without another backup.
     */
    private static List<JobRow> newestPlannedFirst(List<JobRow> waiting) {
        Deque<JobRow> planned = new ArrayDeque<>();
        waiting.stream().filter(JobRow::planned).forEach(planned::push);
        return waiting.stream().map(row -> row.planned() ? planned.pop() : row).toList();
    }

    /** One page of the paths of a job of this source. @throws ProblemException NOT_FOUND */
    public JobPaths paths(SystemId source, long id, int page) {
        return database.read(entities -> Jobs.paths(entities, own(source, new Backlog(entities).find(id)), page, seal));
    }

    /** Takes note of a job's progress and makes its lease last longer. @throws ProblemException CLAIM_PASSED */
    public ProgressAnswer progress(SystemId source, long id, JobProgress report) {
        Results.check(report);
        return database.durably(entities -> {
            JobRow row = claimed(entities, source, id, report.claim());
            if (row.state().ended()) {
                throw passed(row);
            }
            requireAlone(entities, row);
            row.progress(report);
            row.renew(clock.instant(), settings.jobLease());
            return new ProgressAnswer(row.cancelling(), watched.is(id) ? OFTEN_SECONDS : seldomSeconds());
        });
    }

    /** Ends a job, or takes it back unfinished. @throws ProblemException CLAIM_PASSED */
    public void result(SystemId source, long id, JobResult result) {
        JobState how = Results.check(result);
        database.durably(entities -> {
            JobRow row = claimed(entities, source, id, result.claim());
            if (row.state().ended() || how == JobState.WAITING && row.state() == JobState.WAITING) {
                return null;
            }
            Instant now = clock.instant();
            if (how == JobState.WAITING && !row.cancelling()) {
                row.givenBack();
            } else {
                row.end(result, how == JobState.WAITING ? JobState.CANCELLED : how, seal, now);
                logEnd(row);
            }
            next(entities, source.number());
            return null;
        });
    }

    /** Lets jobs whose lease has passed wait again, and forgets those that ended long ago. */
    public void sweep() {
        Instant now = clock.instant();
        for (long id : database.read(entities -> new Backlog(entities).lapsed(now, settings.jobLease(), PAGE))) {
            database.durably(entities -> {
                Backlog backlog = new Backlog(entities);
                systems.lock(backlog.system(id));
                JobRow row = backlog.find(id);
                if (row.lapsed(now, settings.jobLease()) && !ended(row)) {
                    row.waitAgain();
                    bell.ring(row, What.WAITS);
                }
                return null;
            });
        }
        Instant old = now.minus(settings.jobsKept());
        List<Long> forgotten = database.read(entities -> new Backlog(entities).endedBefore(old, PAGE));
        if (!forgotten.isEmpty()) {
            database.durably(entities -> {
                new Backlog(entities).forget(forgotten);
                return null;
            });
        }
    }

    private JobOffer handOut(JobRow row, JobClaim claim) {
        Duration lease = settings.jobLease();
        row.claim(claim.agent(), clock.instant(), lease);
        return row.offer(seal, lease);
    }

    /** Ends a job that must not be handed out again. @return whether it has ended */
    private boolean ended(JobRow row) {
        if (row.cancelling()) {
            row.end(JobState.CANCELLED, clock.instant());
            logEnd(row);
            return true;
        }
        if (row.exhausted()) {
            row.fail(
                    "It was handed out " + JobRow.MOST_ATTEMPTS + " times, and each time the agent fell silent.",
                    clock.instant());
            logEnd(row);
            return true;
        }
        return false;
    }

    private void logEnd(JobRow row) {
        watched.forget(row.id());
        log.append("system " + row.system(), "end job", "job " + row.id(), row.kind() + " " + row.state());
    }

    private JobRow claimed(EntityManager entities, SystemId source, long id, long claim) {
        systems.lock(source.number());
        JobRow row = own(source, new Backlog(entities).find(id));
        if (row.claim() != claim || claim == 0) {
            throw passed(row);
        }
        return row;
    }

    /** An agent that was cut off comes back: fine, unless another job of its system was begun meanwhile. */
    private static void requireAlone(EntityManager entities, JobRow row) {
        boolean another = new Backlog(entities)
                .of(row.system(), JobState.RUNNING, PAGE).stream().anyMatch(other -> other.id() != row.id());
        if (another) {
            throw passed(row);
        }
    }

    private void next(EntityManager entities, long system) {
        new Backlog(entities).of(system, JobState.WAITING, 1).forEach(row -> bell.ring(row, What.WAITS));
    }

    private int seldomSeconds() {
        return (int) Math.max(OFTEN_SECONDS, settings.jobLease().toSeconds() / 4);
    }

    private static JobRow own(SystemId source, JobRow row) {
        if (row.system() != source.number()) {
            throw new ProblemException(ProblemKind.NOT_FOUND, "there is no job " + row.id());
        }
        return row;
    }

    private static ProblemException passed(JobRow row) {
        return new ProblemException(
                ProblemKind.CLAIM_PASSED,
                "job " + row.id() + " is " + row.state() + (row.state().ended() ? "" : " under another claim"));
    }
}
