package org.cranny.central.escrow;

import java.util.List;
import java.util.function.Predicate;
import org.cranny.central.log.AuditLog;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.Secret;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** Escrow while central has the key whole: it is opened anew for each use and wiped after it. */
final class PassphraseKeyRings implements KeyRings {
    private final Escrow escrow;
    private final EscrowKey escrowKey;
    private final AuditLog log;

    PassphraseKeyRings(Escrow escrow, EscrowKey escrowKey, AuditLog log) {
        this.escrow = escrow;
        this.escrowKey = escrowKey;
        this.log = log;
    }

    @Override
    public KeyRing open(SystemId source, Reason reason, Predicate<KeyRing> fits) {
        List<SealedRing> deposits = escrow.rings(source.number());
        if (deposits.isEmpty()) {
            throw new ProblemException(
                    ProblemKind.NOT_FOUND, "system " + source.number() + " has deposited no key ring");
        }
        log.append(reason.actor(), "escrow use", "system " + source.number(), reason.why());
        Secret key = escrowKey.open();
        OpenedRings opened = OpenedRings.open(deposits, List.of(key), source);
        key.destroy();
        try {
            return opened.newest(fits)
                    .orElseThrow(() -> new ProblemException(
                            ProblemKind.ESCROW_CLOSED,
                            "none of the key rings that system " + source.number() + " deposited opens its backups"));
        } finally {
            opened.destroy();
        }
    }
}
