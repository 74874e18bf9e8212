package org.cranny.central.job;

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

/** Looks again and again for jobs whose agent fell silent. One persistent timer, which outlives restarts. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class JobTimer {
    private static final String NAME = "jobs";
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    @Resource
    private TimerService timers;

    @Inject
    private Claims claims;

    @Inject
    private Turn turn;

    @PostConstruct
    void start() {
        IntervalTimer.keepOne(timers, NAME, INTERVAL);
    }

    @Timeout
    void fire() {
        if (turn.take(NAME, INTERVAL)) {
            claims.sweep();
        }
    }
}
