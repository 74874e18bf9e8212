package org.cranny.central.escrow;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.cranny.central.authority.EscrowSplit;
import org.cranny.engine.keys.Escrow;
import org.cranny.engine.keys.Secret;

/**
 * Other officers that somebody asked for, and the shares that those of now have brought for it; in memory only, for an
 * hour. The others get shares of another key, to which the key of now is sealed.
 */
final class OfficerChange {
    private final SplitRequest request;
    private final Gathering brought;

    OfficerChange(SplitRequest request, Instant now) {
        this.request = request;
        this.brought = new Gathering(now);
    }

    Gathering brought() {
        return brought;
    }

    /** What comes of a change: a split that waits for its officers, and their shares. */
    record Made(EscrowSplit next, SplitShares shares) {}

    Made make(Secret present, EscrowSplit holds, SecureRandom random) {
        Escrow.KeyPair drawn = Escrow.draw();
        try {
            SplitShares shares = Splits.seal(drawn.privateKey(), request, random);
            Base64.Encoder base64 = Base64.getEncoder();
            List<String> former = new ArrayList<>();
            former.add(base64.encodeToString(Escrow.sealFormerKey(present, drawn.publicKey())));
            former.addAll(holds.former());
            EscrowSplit next = new EscrowSplit(
                    shares.split(), request.threshold(), names(), base64.encodeToString(drawn.publicKey()), former);
            return new Made(next, shares);
        } finally {
            drawn.privateKey().destroy();
        }
    }

    List<String> names() {
        return Splits.names(request);
    }

    /** As people see it. @param needed shares that it takes @param shares null while there are too few */
    ChangedOfficers shown(int needed, SplitShares shares) {
        return new ChangedOfficers(request.threshold(), names(), Math.min(brought.size(), needed), needed, shares);
    }

    void destroy() {
        brought.destroy();
    }
}
