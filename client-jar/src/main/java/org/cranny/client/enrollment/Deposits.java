package org.cranny.client.enrollment;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import org.cranny.engine.keys.Escrow;
import org.cranny.engine.keys.KeyRing;
import org.cranny.protocol.enrollment.EscrowDeposit;
import org.cranny.protocol.grant.RealmKeys;

/** Seals a key ring for central: all of it to the escrow key, what lists and searches to the browse key. */
public final class Deposits {
    private static final int X25519_OCTETS = 32;

    private Deposits() {}

    /** @param keys as the pinned authority signed them */
    public static EscrowDeposit of(KeyRing ring, RealmKeys keys) {
        Base64.Encoder base64 = Base64.getEncoder();
        return new EscrowDeposit(
                ring.generation(),
                base64.encodeToString(Escrow.sealRing(ring, raw(keys.escrow()))),
                base64.encodeToString(Escrow.sealBrowse(ring.browseKeys(), raw(keys.browse()))));
    }

    private static byte[] raw(PublicKey x25519) {
        byte[] encoded = x25519.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - X25519_OCTETS, encoded.length);
    }
}
