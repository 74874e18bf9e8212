package org.cranny.web.pages.live;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.cranny.central.job.JobQuery;
import org.cranny.central.job.Jobs;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;
import org.cranny.protocol.job.JobState;

/** The jobs that run now, the newest ones. Agents of those that are shown hear that somebody looks. */
@ApplicationScoped
public class RunningJobs {
    private static final int MOST = 8;

    @Inject
    Jobs jobs;

    @Inject
    Systems systems;

    public List<RunningJob> now() {
        return jobs.list(new JobQuery(JobState.RUNNING, null, null, MOST)).stream()
                .map(job -> {
                    jobs.watch(job.id());
                    return RunningJob.of(
                            job, systems.find(job.system()).map(Machine::name).orElse("system " + job.system()));
                })
                .toList();
    }
}
