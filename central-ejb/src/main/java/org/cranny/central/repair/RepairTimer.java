package org.cranny.central.repair;

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
import org.cranny.central.retention.Discards;
import org.cranny.central.settings.Settings;

/** Repairs again and again, and takes off hosts what was put away. One persistent timer, which outlives restarts. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class RepairTimer {
    private static final String NAME = "repair";

    @Resource
    private TimerService timers;

    @Inject
    private Settings settings;

    @Inject
    private Repairs repairs;

    @Inject
    private Discards discards;

    @Inject
    private Turn turn;

    @PostConstruct
    void start() {
        IntervalTimer.keepOne(timers, NAME, settings.repairInterval());
    }

    @Timeout
    void fire() {
        if (turn.take(NAME, settings.repairInterval())) {
            repairs.round();
            discards.sweep();
        }
    }
}
