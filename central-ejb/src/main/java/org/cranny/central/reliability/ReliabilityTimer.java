package org.cranny.central.reliability;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cranny.central.settings.Settings;

/** Sends central's own looks out and weighs what came in. Each server weighs what it was told, so it is not persistent. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class ReliabilityTimer {
    private static final Logger LOGGER = Logger.getLogger(ReliabilityTimer.class.getName());

    @Resource
    private TimerService timers;

    @Inject
    private Settings settings;

    @Inject
    private Reliability reliability;

    @Inject
    private Lookout lookout;

    @PostConstruct
    void start() {
        long millis = settings.reliabilityInterval().toMillis();
        timers.createIntervalTimer(millis, millis, new TimerConfig("reliability", false));
    }

    @Timeout
    void fire() {
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
