package org.cranny.central.upgrade;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.cranny.central.timer.IntervalTimer;

/** Looks again and again for programs that fell silent in an upgrade. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class UpgradeTimer extends IntervalTimer {
    @Inject
    private Orders orders;

    public UpgradeTimer() {
        super("upgrades");
    }

    @Override
    protected Duration interval() {
        return Duration.ofMinutes(1);
    }

    @Override
    protected void work() {
        orders.sweep();
    }
}
