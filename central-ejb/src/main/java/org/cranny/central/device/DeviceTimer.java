package org.cranny.central.device;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.cranny.central.settings.Settings;
import org.cranny.central.timer.IntervalTimer;

/** Looks again and again whether uploads wait: they lie on this server's disk, so each server looks for itself. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class DeviceTimer extends IntervalTimer {
    @Inject
    private Settings settings;

    @Inject
    private Gateway gateway;

    public DeviceTimer() {
        super("devices");
    }

    @Override
    protected Duration interval() {
        return settings.deviceInterval();
    }

    @Override
    protected boolean takesTurns() {
        return false;
    }

    @Override
    protected void work() {
        gateway.round();
    }
}
