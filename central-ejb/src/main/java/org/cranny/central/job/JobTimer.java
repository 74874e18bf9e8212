package org.cranny.central.job;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.cranny.central.timer.IntervalTimer;

/** Looks again and again for jobs whose agent fell silent. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class JobTimer extends IntervalTimer {
    @Inject
    private Claims claims;

    public JobTimer() {
        super("jobs");
    }

    @Override
    protected Duration interval() {
        return Duration.ofSeconds(10);
    }

    @Override
    protected void work() {
        claims.sweep();
    }
}
