package org.cranny.central.dump;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.cranny.central.settings.Settings;
import org.cranny.central.timer.IntervalTimer;

/** Looks again and again whether tonight's dump is there, and on enough hosts. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class DumpTimer extends IntervalTimer {
    @Inject
    private Settings settings;

    @Inject
    private Dumps dumps;

    @Inject
    private DumpSpread spread;

    public DumpTimer() {
        super("dump");
    }

    @Override
    protected Duration interval() {
        return settings.dumpInterval();
    }

    @Override
    protected void work() {
        dumps.nightly();
        spread.round(dumps.list());
    }
}
