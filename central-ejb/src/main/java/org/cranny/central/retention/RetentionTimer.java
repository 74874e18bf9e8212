package org.cranny.central.retention;

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

/** Forgets and prunes again and again. One persistent timer, which outlives restarts. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class RetentionTimer {
    private static final String NAME = "retention";

    @Resource
    private TimerService timers;

    @Inject
    private Settings settings;

    @Inject
    private Rounds rounds;

    @Inject
    private Turn turn;

    @PostConstruct
    void start() {
        IntervalTimer.keepOne(timers, NAME, settings.retentionInterval());
    }

    @Timeout
    void fire() {
        if (turn.take(NAME, settings.retentionInterval())) {
            rounds.run();
        }
    }
}
