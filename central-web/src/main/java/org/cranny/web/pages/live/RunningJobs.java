package org.cranny.web.pages.live;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import org.cranny.central.job.Job;
import org.cranny.central.job.JobQuery;
import org.cranny.central.job.Jobs;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;
import org.cranny.protocol.job.JobState;

/** The jobs that run now, the newest ones. Agents of those that are shown hear that somebody looks. */
@ApplicationScoped
public class RunningJobs {
    private static final int SHOWN = 8;
    private static final int MOST = 1_000;

    @Inject
    Jobs jobs;

    @Inject
    Systems systems;

    /** Those that a page shows. @param sight only of these systems; null for all */
    public List<RunningJob> now(List<Long> sight) {
        return shown(jobs.list(new JobQuery(JobState.RUNNING, null, null, SHOWN).within(sight)), null);
    }

    /** Everything that runs, for {@link #shown}: one look for many pages. */
    List<Job> look() {
        return jobs.list(new JobQuery(JobState.RUNNING, null, null, MOST));
    }

    /** What a page shows of a look. @param sight only of these systems; null for all */
    List<RunningJob> shown(List<Job> look, Set<Long> sight) {
        return look.stream()
                .filter(job -> sight == null || sight.contains(job.system()))
                .limit(SHOWN)
                .map(this::shown)
                .toList();
    }

    private RunningJob shown(Job job) {
        jobs.watch(job.id());
        return RunningJob.of(job, systems.find(job.system()).map(Machine::name).orElse("system " + job.system()));
    }
}
