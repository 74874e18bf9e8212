package org.cranny.central.anchor;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.cranny.central.timer.IntervalTimer;

/** Has the head of the log anchored every hour, and soon after a start. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class LogAnchorTimer extends IntervalTimer {
    @Inject
    private LogAnchors anchors;

    public LogAnchorTimer() {
        super("log-anchor");
    }

    @Override
    protected Duration interval() {
        return Duration.ofHours(1);
    }

    @Override
    protected Duration first() {
        return Duration.ofMinutes(1);
    }

    @Override
    protected void work() {
        anchors.anchor();
    }
}
