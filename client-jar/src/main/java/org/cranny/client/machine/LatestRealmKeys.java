package org.cranny.client.machine;

import java.io.IOException;
import org.cranny.client.central.Central;
import org.cranny.client.enrollment.Deposits;
import org.cranny.engine.backup.CatalogueAwayException;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.Signed;

/**
 * Takes the realm's keys as its authority signed them last. When the escrow key or the browse key is another one, the key
 * ring is deposited under it before the keys are kept, so that a source that was killed in between does it again.
 */
final class LatestRealmKeys {
    private LatestRealmKeys() {}

    /** Central's silence is no obstacle. */
    static void take(Machine machine) throws IOException {
        try {
            Central central = machine.central();
            String published = central.realm().realmKeys();
            RealmKeys present = machine.realmKeys();
            RealmKeys next = RealmKeys.open(
                    Signed.parse(published), machine.identity().authority().getPublicKey());
            if (!next.issued().isAfter(present.issued())) {
                return;
            }
            boolean same =
                    next.escrow().equals(present.escrow()) && next.browse().equals(present.browse());
            if (!same) {
                Deposits.again(central, machine.keyRing(), next);
            }
            machine.keepRealmKeys(published);
        } catch (CatalogueAwayException away) {
            return;
        } catch (MalformedException | NullPointerException e) {
            throw new IOException(
                    "Central's keys are not signed by this realm's authority. Nothing was sent; tell your administrator.",
                    e);
        }
    }
}
