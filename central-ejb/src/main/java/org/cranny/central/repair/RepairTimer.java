package org.cranny.central.repair;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.cranny.central.retention.Discards;
import org.cranny.central.settings.Settings;
import org.cranny.central.timer.IntervalTimer;

/** Repairs again and again, and takes off hosts what was put away. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class RepairTimer extends IntervalTimer {
    @Inject
    private Settings settings;

    @Inject
    private Repairs repairs;

    @Inject
    private Discards discards;

    public RepairTimer() {
        super("repair");
    }

    @Override
    protected Duration interval() {
        return settings.repairInterval();
    }

    @Override
    protected void work() {
        repairs.round();
        discards.sweep();
    }
}
