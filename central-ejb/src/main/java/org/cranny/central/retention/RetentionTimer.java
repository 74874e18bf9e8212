package org.cranny.central.retention;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.cranny.central.settings.Settings;
import org.cranny.central.timer.IntervalTimer;

/** Forgets and prunes again and again. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class RetentionTimer extends IntervalTimer {
    @Inject
    private Settings settings;

    @Inject
    private Rounds rounds;

    public RetentionTimer() {
        super("retention");
    }

    @Override
    protected Duration interval() {
        return settings.retentionInterval();
    }

    @Override
    protected void work() {
        rounds.run();
    }
}
