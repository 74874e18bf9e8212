package org.cranny.web.directory;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import org.cranny.central.masterfile.IntervalTimer;
import org.cranny.central.masterfile.Turn;
import org.cranny.central.policy.OwnerGroups;
import org.cranny.central.settings.Settings;

/**
 * Asks the directory again and again in which groups owners are. It is here and not with central's other timers because
 * those do not see the directory.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class OwnerGroupsTimer {
    private static final String NAME = "owner-groups";

    @Resource
    private TimerService timers;

    @Inject
    private Settings settings;

    @Inject
    private OwnerGroups ownerGroups;

    @Inject
    private Directory directory;

    @Inject
    private Turn turn;

    @PostConstruct
    void start() {
        IntervalTimer.keepOne(timers, NAME, settings.ownerGroupsInterval());
    }

    @Timeout
    void fire() {
        if (turn.take(NAME, settings.ownerGroupsInterval())) {
            ownerGroups.ask(directory);
        }
    }
}
