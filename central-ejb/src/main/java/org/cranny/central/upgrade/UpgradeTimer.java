package org.cranny.central.upgrade;

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

/** Looks again and again for programs that fell silent in an upgrade. One persistent timer, which outlives restarts. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class UpgradeTimer {
    private static final String NAME = "upgrades";
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    @Resource
    private TimerService timers;

    @Inject
    private Orders orders;

    @Inject
    private Turn turn;

    @PostConstruct
    void start() {
        IntervalTimer.keepOne(timers, NAME, INTERVAL);
    }

    @Timeout
    void fire() {
        if (turn.take(NAME, INTERVAL)) {
            orders.sweep();
        }
    }
}
