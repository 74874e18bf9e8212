package org.cranny.central.syslog;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.cranny.central.settings.Settings;
import org.cranny.central.timer.IntervalTimer;

/** Sends the log again and again, where somebody is to get it. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class SyslogTimer extends IntervalTimer {
    @Inject
    private Settings settings;

    @Inject
    private Syslog syslog;

    public SyslogTimer() {
        super("syslog");
    }

    @PostConstruct
    void check() {
        settings.syslogTo();
    }

    @Override
    protected Duration interval() {
        return settings.syslogInterval();
    }

    @Override
    protected void work() {
        if (settings.syslogTo().isPresent()) {
            syslog.send();
        }
    }
}
