package org.cranny.central.escrow;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/** Wipes shares and rings that officers brought an hour ago. Not persistent: what it wipes does not outlive the server. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class OfficerTimer {
    @Inject
    private Officers officers;

    @Schedule(hour = "*", minute = "*", persistent = false)
    void fire() {
        officers.forgetOld();
    }
}
