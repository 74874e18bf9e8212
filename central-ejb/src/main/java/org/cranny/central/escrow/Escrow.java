package org.cranny.central.escrow;

import jakarta.enterprise.context.ApplicationScoped;
import org.cranny.protocol.enrollment.EscrowDeposit;
import org.cranny.protocol.id.SystemId;

/** Keeps sources' sealed key rings; central cannot open them without the escrow passphrase. */
@ApplicationScoped
public class Escrow {
    public void deposit(SystemId source, EscrowDeposit deposit) {
        throw new UnsupportedOperationException();
    }
}
