package org.cranny.central.policy;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.cranny.central.settings.Settings;
import org.cranny.central.timer.IntervalTimer;

/** Looks again and again which backups are due, for all sources at once. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class ScheduleTimer extends IntervalTimer {
    @Inject
    private Settings settings;

    @Inject
    private Schedules schedules;

    public ScheduleTimer() {
        super("schedule");
    }

    @Override
    protected Duration interval() {
        return settings.scheduleInterval();
    }

    @Override
    protected void work() {
        schedules.look();
    }
}
