package org.cranny.web.directory;

import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.cranny.central.policy.OwnerGroups;
import org.cranny.central.settings.Settings;
import org.cranny.central.timer.IntervalTimer;

/** Asks the directory again and again in which groups owners are. It is here and not with central's other timers because those do not see the directory. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class OwnerGroupsTimer extends IntervalTimer {
    @Inject
    private Settings settings;

    @Inject
    private OwnerGroups ownerGroups;

    @Inject
    private Directory directory;

    public OwnerGroupsTimer() {
        super("owner-groups");
    }

    @Override
    protected Duration interval() {
        return settings.ownerGroupsInterval();
    }

    @Override
    protected void work() {
        ownerGroups.ask(directory);
    }
}
