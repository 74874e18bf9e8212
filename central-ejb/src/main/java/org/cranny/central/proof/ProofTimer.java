package org.cranny.central.proof;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.cranny.central.settings.Settings;
import org.cranny.central.timer.IntervalTimer;

/** Asks hosts for proofs again and again. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class ProofTimer extends IntervalTimer {
    @Inject
    private Settings settings;

    @Inject
    private StorageProofs proofs;

    public ProofTimer() {
        super("proof");
    }

    @Override
    protected Duration interval() {
        return settings.proofInterval();
    }

    @Override
    protected void work() {
        proofs.round();
    }
}
