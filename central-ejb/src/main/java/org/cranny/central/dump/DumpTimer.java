package org.cranny.central.dump;

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

/** Looks again and again whether tonight's dump is there, and on enough hosts. One persistent timer, which outlives restarts. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class DumpTimer {
    private static final String NAME = "dump";

    @Resource
    private TimerService timers;

    @Inject
    private Settings settings;

    @Inject
    private Dumps dumps;

    @Inject
    private DumpSpread spread;

    @Inject
    private Turn turn;

    @PostConstruct
    void start() {
        IntervalTimer.keepOne(timers, NAME, settings.dumpInterval());
    }

    @Timeout
    void fire() {
        if (turn.take(NAME, settings.dumpInterval())) {
            dumps.nightly();
            spread.round(dumps.list());
        }
    }
}
