package org.cranny.central.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.cranny.central.policy.BackupDue;

/** Makes a job of every backup that is due, in the transaction that called for it. */
@ApplicationScoped
public class DueBackups {
    private final Jobs jobs;

    protected DueBackups() {
        this(null);
    }

    @Inject
    public DueBackups(Jobs jobs) {
        this.jobs = jobs;
    }

    public void due(@Observes BackupDue backup) {
        jobs.runNow(backup.system(), backup.due(), backup.reason());
    }
}
