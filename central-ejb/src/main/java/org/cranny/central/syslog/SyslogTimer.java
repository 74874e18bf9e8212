package org.cranny.central.syslog;

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

/** Sends the log again and again, where somebody is to get it. One persistent timer, which outlives restarts. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class SyslogTimer {
    private static final String NAME = "syslog";

    @Resource
    private TimerService timers;

    @Inject
    private Settings settings;

    @Inject
    private Syslog syslog;

    @Inject
    private Turn turn;

    @PostConstruct
    void start() {
        settings.syslogTo();
        IntervalTimer.keepOne(timers, NAME, settings.syslogInterval());
    }

    @Timeout
    void fire() {
        if (settings.syslogTo().isPresent() && turn.take(NAME, settings.syslogInterval())) {
            syslog.send();
        }
    }
}
