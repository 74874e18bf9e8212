package org.cranny.central.anchor;

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

/** Has the head of the log anchored every hour. One persistent timer, which outlives restarts. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class LogAnchorTimer {
    private static final String NAME = "log-anchor";
    private static final Duration INTERVAL = Duration.ofHours(1);

    @Resource
    private TimerService timers;

    @Inject
    private LogAnchors anchors;

    @Inject
    private Turn turn;

    @PostConstruct
    void start() {
        IntervalTimer.keepOne(timers, NAME, INTERVAL);
    }

    @Timeout
    void fire() {
        if (turn.take(NAME, INTERVAL)) {
            anchors.anchor();
        }
    }
}
