package org.cranny.central.policy;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import org.cranny.central.masterfile.IntervalTimer;
import org.cranny.central.masterfile.Turn;
import org.cranny.central.settings.Settings;

/**
 * Looks again and again which backups are due: one persistent timer for all sources, which outlives restarts. Its info
 * names its interval, so that a start with another one replaces it.
 */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class ScheduleTimer {
    private static final String NAME = "schedule";

    @Resource
    private TimerService timers;

    @Inject
    private Settings settings;

    @Inject
    private Schedules schedules;

    @Inject
    private Turn turn;

    @PostConstruct
    void start() {
        IntervalTimer.keepOne(timers, NAME, settings.scheduleInterval());
    }

    @Timeout
    void fire() {
        if (turn.take(NAME, settings.scheduleInterval())) {
            schedules.look();
        }
    }
}
