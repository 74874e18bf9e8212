package org.cranny.central.escrow;

import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.cranny.central.timer.IntervalTimer;

/** Wipes shares and rings that officers brought an hour ago. They are in the memory of a server, so each server looks for itself. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class OfficerTimer extends IntervalTimer {
    @Inject
    private Officers officers;

    public OfficerTimer() {
        super("officers");
    }

    @Override
    protected Duration interval() {
        return Duration.ofMinutes(1);
    }

    @Override
    protected boolean takesTurns() {
        return false;
    }

    @Override
    protected void work() {
        officers.forgetOld();
    }
}
