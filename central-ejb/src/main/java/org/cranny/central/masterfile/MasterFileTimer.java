package org.cranny.central.masterfile;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.cranny.central.settings.Settings;
import org.cranny.central.timer.IntervalTimer;

/** Refreshes the master file again and again, whatever else happens or does not: it is what notices that a host fell silent when nobody asks anything. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class MasterFileTimer extends IntervalTimer {
    @Inject
    private Settings settings;

    @Inject
    private MasterFiles masterFiles;

    public MasterFileTimer() {
        super(MasterFiles.TURN);
    }

    @Override
    protected Duration interval() {
        return settings.masterFileInterval();
    }

    @Override
    protected void work() {
        masterFiles.refresh("timer");
    }
}
