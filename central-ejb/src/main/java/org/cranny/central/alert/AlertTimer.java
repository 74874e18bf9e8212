package org.cranny.central.alert;

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

/** Looks again and again what is wrong, and tells people. One persistent timer, which outlives restarts. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class AlertTimer {
    private static final String NAME = "alerts";

    @Resource
    private TimerService timers;

    @Inject
    private Settings settings;

    @Inject
    private Alerts alerts;

    @Inject
    private Notices notices;

    @Inject
    private Turn turn;

    @PostConstruct
    void start() {
        IntervalTimer.keepOne(timers, NAME, settings.alertInterval());
    }

    @Timeout
    void fire() {
        if (turn.take(NAME, settings.alertInterval())) {
            alerts.look();
            notices.tell();
            notices.deliver();
        }
    }
}
