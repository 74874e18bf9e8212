package org.cranny.central.escrow;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Predicate;
import org.cranny.central.authority.Authority;
import org.cranny.central.log.AuditLog;
import org.cranny.central.settings.Settings;
import org.cranny.engine.keys.KeyRing;
import org.cranny.protocol.id.SystemId;

/** Opens key rings with the escrow key, or with what its officers brought since the key was split. */
@ApplicationScoped
public class EscrowedKeyRings implements KeyRings {
    private final Authority authority;
    private final Officers officers;
    private final PassphraseKeyRings whole;

    protected EscrowedKeyRings() {
        this.authority = null;
        this.officers = null;
        this.whole = null;
    }

    @Inject
    public EscrowedKeyRings(Escrow escrow, Officers officers, Authority authority, AuditLog log, Settings settings) {
        this.authority = authority;
        this.officers = officers;
        this.whole = new PassphraseKeyRings(escrow, new EscrowKey(authority, settings), log);
    }

    @Override
    public KeyRing open(SystemId source, Reason reason, Predicate<KeyRing> fits) {
        return authority.escrowSplit().isPresent()
                ? officers.open(source, reason, fits)
                : whole.open(source, reason, fits);
    }
}
