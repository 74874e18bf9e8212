package org.cranny.client.enrollment;

import java.io.IOException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.cranny.client.central.Central;
import org.cranny.engine.keys.Escrow;
import org.cranny.engine.keys.KeyRing;
import org.cranny.protocol.enrollment.DepositLine;
import org.cranny.protocol.enrollment.EscrowDeposit;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.policy.Policy;

/**
 * Seals a key ring for central: all of it to the escrow key, and what lists and searches to the browse key unless the policy
 * keeps the names of files from central.
 */
public final class Deposits {
    private static final int X25519_OCTETS = 32;

    private Deposits() {}

    /**
     * Deposits as last time: what lists and searches goes along if it did then.
     *
     * @param keys as the pinned authority signed them
     */
    public static void again(Central central, KeyRing ring, RealmKeys keys) throws IOException {
        List<DepositLine> before = central.deposits();
        central.deposit(of(ring, keys, before.isEmpty() || last(before).browse()));
    }

    /** Deposits anew where the policy wants what lists and searches to be at central and it is not, or the other way round. */
    public static void follow(Central central, KeyRing ring, RealmKeys keys, Policy policy) throws IOException {
        List<DepositLine> before = central.deposits();
        if (before.isEmpty() || last(before).browse() != mayBrowse(policy)) {
            central.deposit(of(ring, keys, mayBrowse(policy)));
        }
    }

    private static DepositLine last(List<DepositLine> lines) {
        return lines.get(lines.size() - 1);
    }

    private static boolean mayBrowse(Policy policy) {
        return !Boolean.FALSE.equals(policy.browsing());
    }

    private static EscrowDeposit of(KeyRing ring, RealmKeys keys, boolean browse) {
        Base64.Encoder base64 = Base64.getEncoder();
        return new EscrowDeposit(
                ring.generation(),
                base64.encodeToString(Escrow.sealRing(ring, raw(keys.escrow()))),
                browse ? base64.encodeToString(Escrow.sealBrowse(ring.browseKeys(), raw(keys.browse()))) : null);
    }

    private static byte[] raw(PublicKey x25519) {
        byte[] encoded = x25519.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - X25519_OCTETS, encoded.length);
    }
}
