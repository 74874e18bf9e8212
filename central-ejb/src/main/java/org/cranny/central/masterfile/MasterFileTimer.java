package org.cranny.central.masterfile;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import org.cranny.central.settings.Settings;

/**
 * Refreshes the master file again and again, whatever else happens or does not: it is what notices that a host fell
 * silent when nobody asks anything. One persistent timer, which outlives restarts; its info names its interval, so that
 * a start with another one replaces it.
 */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class MasterFileTimer {
    @Resource
    private TimerService timers;

    @Inject
    private Settings settings;

    @Inject
    private MasterFiles masterFiles;

    @Inject
    private Turn turn;

    @PostConstruct
    void start() {
        Duration interval = settings.masterFileInterval();
        String info = MasterFiles.TURN + " every " + interval.toSeconds() + " s";
        Collection<Timer> existing = timers.getTimers();
        boolean kept = false;
        for (Timer timer : existing) {
            if (!kept && info.equals(timer.getInfo())) {
                kept = true;
            } else {
                timer.cancel();
            }
        }
        if (!kept) {
            timers.createIntervalTimer(interval.toMillis(), interval.toMillis(), new TimerConfig(info, true));
        }
    }

    @Timeout
    void fire() {
        if (turn.take(MasterFiles.TURN, settings.masterFileInterval())) {
            masterFiles.refresh("timer");
        }
    }
}
