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

/** Gives owners their room back where nothing has to be copied for it. It does not wait for a round of repair. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class ReclaimTimer {
    private static final String NAME = "reclaim";

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
        IntervalTimer.keepOne(timers, NAME, settings.reclaimInterval());
    }

    @Timeout
    void fire() {
        if (turn.take(NAME, settings.reclaimInterval())) {
            repairs.giveBack();
            discards.giveBack();
        }
    }
}
