package org.cranny.central.proof;

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

/** Asks hosts for proofs again and again. One persistent timer, which outlives restarts. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class ProofTimer {
    private static final String NAME = "proof";

    @Resource
    private TimerService timers;

    @Inject
    private Settings settings;

    @Inject
    private StorageProofs proofs;

    @Inject
    private Turn turn;

    @PostConstruct
    void start() {
        IntervalTimer.keepOne(timers, NAME, settings.proofInterval());
    }

    @Timeout
    void fire() {
        if (turn.take(NAME, settings.proofInterval())) {
            proofs.round();
        }
    }
}
