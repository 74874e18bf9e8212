package org.cranny.central.alert;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.cranny.central.settings.Settings;
import org.cranny.central.timer.IntervalTimer;

/** Looks again and again what is wrong, and tells people. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class AlertTimer extends IntervalTimer {
    @Inject
    private Settings settings;

    @Inject
    private Alerts alerts;

    @Inject
    private Notices notices;

    public AlertTimer() {
        super("alerts");
    }

    @Override
    protected Duration interval() {
        return settings.alertInterval();
    }

    @Override
    protected void work() {
        alerts.look();
        notices.tell();
        notices.deliver();
    }
}
