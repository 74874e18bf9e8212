package org.cranny.central.reliability;

import jakarta.annotation.PreDestroy;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cranny.central.settings.Settings;
import org.cranny.central.timer.IntervalTimer;

/** Sends central's own looks out and weighs what came in. Each server weighs what it was told. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class ReliabilityTimer extends IntervalTimer {
    private static final Logger LOGGER = Logger.getLogger(ReliabilityTimer.class.getName());

    @Inject
    private Settings settings;

    @Inject
    private Reliability reliability;

    @Inject
    private Lookout lookout;

    public ReliabilityTimer() {
        super("reliability");
    }

    @Override
    protected Duration interval() {
        return settings.reliabilityInterval();
    }

    @Override
    protected boolean takesTurns() {
        return false;
    }

    @Override
    protected void work() {
        lookout.look();
        reliability.weigh();
    }

    @PreDestroy
    void stop() {
        try {
            reliability.keep();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "what was seen of hosts in the last minutes is lost", e);
        }
    }
}
