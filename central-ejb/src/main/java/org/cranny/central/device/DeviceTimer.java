package org.cranny.central.device;

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
import org.cranny.central.settings.Settings;

/** Looks again and again whether uploads wait: they lie on this server's disk, so each server looks for itself. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class DeviceTimer {
    private static final String NAME = "devices";

    @Resource
    private TimerService timers;

    @Inject
    private Settings settings;

    @Inject
    private Gateway gateway;

    @PostConstruct
    void start() {
        IntervalTimer.keepOne(timers, NAME, settings.deviceInterval());
    }

    @Timeout
    void fire() {
        gateway.round();
    }
}
