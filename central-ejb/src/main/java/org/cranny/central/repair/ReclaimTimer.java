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

/** Gives owners their room back where nothing has to be copied for it. It does not wait for a round of repair. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class ReclaimTimer extends IntervalTimer {
    @Inject
    private Settings settings;

    @Inject
    private Repairs repairs;

    @Inject
    private Discards discards;

    public ReclaimTimer() {
        super("reclaim");
    }

    @Override
    protected Duration interval() {
        return settings.reclaimInterval();
    }

    @Override
    protected void work() {
        repairs.giveBack();
        discards.giveBack();
    }
}
