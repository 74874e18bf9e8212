package org.cranny.central.dump;

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
import java.time.Duration;
import org.cranny.central.masterfile.IntervalTimer;
import org.cranny.central.masterfile.Turn;

/** Looks again and again whether tonight's dump is there. One persistent timer, which outlives restarts. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class DumpTimer {
    private static final String NAME = "dump";
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    @Resource
    private TimerService timers;

    @Inject
    private Dumps dumps;

    @Inject
    private Turn turn;

    @PostConstruct
    void start() {
        IntervalTimer.keepOne(timers, NAME, INTERVAL);
    }

    @Timeout
    void fire() {
        if (turn.take(NAME, INTERVAL)) {
            dumps.nightly();
        }
    }
}
