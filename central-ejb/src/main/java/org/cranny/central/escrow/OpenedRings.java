package org.cranny.central.escrow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.KeysUnreadableException;
import org.cranny.engine.keys.Secret;
import org.cranny.protocol.id.SystemId;

/** All deposits of one source that the escrow key opens, newest first, in clear until they are destroyed. */
final class OpenedRings {
    private final List<KeyRing> rings = new ArrayList<>();

    private OpenedRings() {}

    /**
     * @param deposits oldest first; what none of the keys opens is rubbish and passed over
     * @param keys the escrow key, and those that were it before
     */
    static OpenedRings open(List<SealedRing> deposits, List<Secret> keys, SystemId source) {
        OpenedRings opened = new OpenedRings();
        for (int i = deposits.size() - 1; i >= 0; i--) {
            for (Secret key : keys) {
                opened.add(deposits.get(i), key, source);
            }
        }
        return opened;
    }

    private void add(SealedRing deposit, Secret key, SystemId source) {
        try {
            rings.add(org.cranny.engine.keys.Escrow.openRing(deposit.keyRing(), key, source));
        } catch (KeysUnreadableException sealedToAnother) {
            return;
        }
    }

    /** A copy of the newest that fits, which the caller destroys. */
    Optional<KeyRing> newest(Predicate<KeyRing> fits) {
        return rings.stream().filter(fits).findFirst().map(OpenedRings::copy);
    }

    private static KeyRing copy(KeyRing ring) {
        byte[] octets = ring.encode();
        try {
            return KeyRing.decode(octets);
        } catch (KeysUnreadableException e) {
            throw new IllegalStateException("a ring does not read back", e);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    void destroy() {
        rings.forEach(KeyRing::destroy);
    }
}
