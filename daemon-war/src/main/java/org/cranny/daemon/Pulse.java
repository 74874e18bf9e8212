package org.cranny.daemon;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import org.cranny.daemon.heartbeat.Heartbeats;
import org.cranny.daemon.intake.Takings;
import org.cranny.daemon.shelf.Shelf;
import org.cranny.daemon.status.Counters;

/** Starts the parts with the daemon and fires the timers; what they do is theirs. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Pulse {
    private static final String HEARTBEAT = "heartbeat";
    private static final String KEEP = "keep";
    private static final long FIRST_MILLIS = 100;
    private static final long KEEP_MILLIS = 5_000;

    @Resource
    private TimerService timers;

    @Inject
    private Shelf shelf;

    @Inject
    private Heartbeats heartbeats;

    @Inject
    private Counters counters;

    @Inject
    private Takings takings;

    @PostConstruct
    void start() {
        timers.createSingleActionTimer(FIRST_MILLIS, new TimerConfig(HEARTBEAT, false));
        timers.createIntervalTimer(KEEP_MILLIS, KEEP_MILLIS, new TimerConfig(KEEP, false));
    }

    @Timeout
    void fire(Timer timer) throws IOException, InterruptedException {
        if (KEEP.equals(timer.getInfo())) {
            counters.keep();
            takings.keep();
            return;
        }
        try {
            heartbeats.beat();
        } finally {
            timers.createSingleActionTimer(heartbeats.intervalSeconds() * 1_000L, new TimerConfig(HEARTBEAT, false));
        }
    }
}
