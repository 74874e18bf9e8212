package org.cranny.central.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cranny.central.database.Database;
import org.cranny.central.job.JobNews.What;
import org.cranny.central.log.AuditLog;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;
import org.cranny.protocol.job.JobKind;
import org.cranny.protocol.job.JobPaths;
import org.cranny.protocol.job.JobRequest;
import org.cranny.protocol.job.JobState;
import org.cranny.protocol.job.RecoverOrder;
import org.cranny.protocol.job.RunNowOrder;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * The work that people and schedules want of sources, and how far each piece has come. What agents do with it is
 * {@link Claims}.
 *
 * <ul>
 *   <li>A job that was answered is on disk, with all its paths or not at all.
 *   <li>A list of paths may be as long as {@value PathPages#MOST_PATHS}; a page of it is in memory.
 *   <li>Names of files stand in the database sealed.
 * </ul>
 */
@ApplicationScoped
public class Jobs {
    private static final int MOST_WAITING = 1_000;

    private final Database database;
    private final AuditLog log;
    private final Systems systems;
    private final JobBell bell;
    private final JobSeal seal;
    private final Watched watched;
    private final AgentHolds holds;
    private final Settings settings;
    private final Clock clock;

    protected Jobs() {
        this(null, null, null, null, null, null, null, null, null);
    }

    @Inject
    public Jobs(
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

    /**
     * Takes a wish whose paths, if any, stand in the request.
     *
     * @throws ProblemException BAD_REQUEST with the field, NOT_FOUND when there is no such system
     */
    public Job order(String actor, long system, JobRequest request) {
        return order(actor, system, request, EnumSet.allOf(JobKind.class));
    }

    /**
     * The same for somebody who may not order every kind.
     *
     * @param kinds that they may order
     * @throws ProblemException NOT_ALLOWED for another kind
     */
    public Job order(String actor, long system, JobRequest request, Set<JobKind> kinds) {
        List<String> paths = request.paths() == null ? List.of() : request.paths();
        return order(Requests.allowed(Requests.wish(actor, system, request), kinds), pages -> {
            for (String path : paths) {
                pages.add(path);
            }
        });
    }

    /**
     * Takes a wish as lines: the request without paths, then one path a line, each as JSON.
     *
     * @param kinds that the actor may order
     * @throws ProblemException as {@link #order(String, long, JobRequest, Set)}
     */
    public Job order(String actor, long system, InputStream lines, Set<JobKind> kinds) {
        Lines in = new Lines(lines);
        JobRequest request = in.request();
        return order(Requests.allowed(Requests.wish(actor, system, request), kinds), in::paths);
    }

    /**
     * Makes a job that backs up what the system backs up usually, once for each instant at which it is due: asked again
     * for the same instant, it is the same job.
     */
    public Job runNow(long system, Instant due, String reason) {
        return database.read(entities -> new Backlog(entities).due(system, due).map(JobRow::line))
                .orElseGet(() ->
                        order(new Wish(system, new RunNowOrder(due, reason), due, "central", reason), pages -> {}));
    }

    /**
     * Makes the job by which a machine takes the place of a lost one.
     *
     * @param actor who asked for the recovery
     * @param system the machine that takes the place
     * @param paths in the notation of paths; none for everything
     * @throws ProblemException BAD_REQUEST with the field, NOT_FOUND when there is no such system
     */
    public Job recover(String actor, long system, RecoverOrder order, List<String> paths) {
        return order(new Wish(system, order, null, actor, "recovery " + order.recovery()), pages -> {
            for (String path : paths) {
                pages.add(path);
            }
        });
    }

    /** Newest first. */
    public List<Job> list(JobQuery query) {
        return database.read(entities -> new Backlog(entities)
                .list(query).stream().map(JobRow::line).map(holds::explained).toList());
    }

    /** Whose job it is. @throws ProblemException NOT_FOUND */
    public long system(long id) {
        return database.read(entities -> new Backlog(entities).find(id).system());
    }

    /** How the backups ended that ended from one instant up to, without it, another. */
    public JobTally ended(Instant from, Instant until) {
        return database.read(entities -> new Backlog(entities).ended(from, until));
    }

    /** How many jobs are in this state. */
    public long count(JobState state) {
        return database.read(entities -> new Backlog(entities).count(state));
    }

    /** How many jobs of these systems are in this state. @param within null for all */
    public long count(JobState state, List<Long> within) {
        return within == null ? count(state) : database.read(entities -> new Backlog(entities).count(state, within));
    }

    /** A job with all that is known of it; its agent hears that somebody looks. @throws ProblemException NOT_FOUND */
    public Job find(long id) {
        return database.read(entities -> {
            JobRow row = new Backlog(entities).find(id);
            if (row.state() == JobState.RUNNING && watched.look(id)) {
                bell.ring(row, What.WATCHED);
            }
            return holds.explained(row.whole(seal));
        });
    }

    /** Says that somebody looks at a running job, so that its agent tells more often how far it is. */
    public void watch(long id) {
        if (watched.look(id)) {
            database.read(entities -> {
                bell.ring(new Backlog(entities).find(id), What.WATCHED);
                return null;
            });
        }
    }

    /** One page of a job's paths. @param page counted from 1 @throws ProblemException NOT_FOUND */
    public JobPaths paths(long id, int page) {
        return database.read(entities -> paths(entities, new Backlog(entities).find(id), page, seal));
    }

    /**
     * Asks for a job's end: a waiting one is CANCELLED at once, a running one when its agent has stopped. A job that
     * ended stays as it is.
     */
    public Job cancel(String actor, long id) {
        return database.durably(entities -> {
            Backlog backlog = new Backlog(entities);
            systems.lock(backlog.system(id));
            JobRow row = backlog.find(id);
            if (row.state().ended() || row.cancelling()) {
                return row.line();
            }
            row.askedToStop(actor);
            if (row.state() == JobState.WAITING) {
                row.end(JobState.CANCELLED, clock.instant());
            }
            bell.ring(row, What.CANCELLED);
            log.append(actor, "cancel job", "job " + id, "of system " + row.system());
            return row.line();
        });
    }

    static JobPaths paths(EntityManager entities, JobRow job, int page, JobSeal seal) {
        JobPathsRow row = entities.find(JobPathsRow.class, new JobPathsRow.Page(job.id(), page));
        if (row == null) {
            throw new ProblemException(ProblemKind.NOT_FOUND, "job " + job.id() + " has no page " + page);
        }
        return new JobPaths(page, job.pages(), PathPages.read(seal, job.salt(), page, row.octets()));
    }

    /** What gives the paths of a wish. */
    private interface PathSource {
        void giveTo(PathPages pages) throws IOException;
    }

    private Job order(Wish wish, PathSource paths) {
        requireSource(wish.system());
        byte[] salt = seal.salt();
        try (PathPages pages = new PathPages(seal, salt, settings.home().resolve("jobs"))) {
            paths.giveTo(pages);
            pages.finish();
            Requests.checkPaths(wish.order(), pages.paths());
            return database.durably(entities -> add(entities, wish, salt, pages));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Job add(EntityManager entities, Wish wish, byte[] salt, PathPages pages) {
        systems.lock(wish.system());
        Backlog backlog = new Backlog(entities);
        Optional<JobRow> same = wish.due() == null ? Optional.empty() : backlog.due(wish.system(), wish.due());
        if (same.isPresent()) {
            return same.get().line();
        }
        if (backlog.waiting(wish.system()) >= MOST_WAITING) {
            throw new ProblemException(
                    Problem.ofField("system", "there wait " + MOST_WAITING + " jobs for this system already"));
        }
        JobRow row = new JobRow(wish, seal, salt, clock.instant());
        row.lists(pages.paths(), pages.pages());
        entities.persist(row);
        entities.flush();
        pages.forEach((number, octets) -> {
            JobPathsRow page = new JobPathsRow(new JobPathsRow.Page(row.id(), number), octets);
            entities.persist(page);
            entities.flush();
            entities.detach(page);
        });
        bell.ring(row, What.WAITS);
        log.append(wish.actor(), "order job", "job " + row.id(), Requests.described(row, wish));
        return row.line();
    }

    private void requireSource(long system) {
        Machine machine = systems.find(system)
                .orElseThrow(() -> new ProblemException(ProblemKind.NOT_FOUND, "there is no system " + system));
        if (!machine.isSource() || machine.revoked()) {
            throw new ProblemException(Problem.ofField(
                    "system", machine.revoked() ? "this system was shut out" : "this system is no source"));
        }
        if (machine.isDevice()) {
            throw new ProblemException(
                    Problem.ofField("system", "this system is a device: it has no agent, its owner uploads files"));
        }
    }
}
