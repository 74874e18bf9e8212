package org.cranny.protocol.grant;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;
import org.cranny.protocol.signing.PublicKeys;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.signing.Signed.Algorithm;

/**
 * The public keys that speak for a realm, signed by its authority (ECDSA P-256), whose certificate is pinned at
 * enrollment. Whoever trusts the authority trusts these keys and no others; a later issue replaces an earlier one.
 *
 * @param grant Ed25519: allotments and grants
 * @param masterFile Ed25519: the master file
 * @param catalogue Ed25519: countersignatures of committed manifests
 * @param escrow X25519: key rings are sealed to it
 * @param browse X25519: tree and index keys are sealed to it
 */
public record RealmKeys(
        RealmId realm,
        Instant issued,
        PublicKey grant,
        PublicKey masterFile,
        PublicKey catalogue,
        PublicKey escrow,
        PublicKey browse) {
    private static final byte[] MAGIC = "CRNYRK\0\1".getBytes(StandardCharsets.ISO_8859_1);

    public Signed sign(PrivateKey authority) {
        OctetWriter out = new OctetWriter().raw(MAGIC).raw(realm.bytes()).u64(issued.getEpochSecond());
        for (PublicKey key : new PublicKey[] {grant, masterFile, catalogue, escrow, browse}) {
            out.bytes(key.getEncoded());
        }
        return Signed.sign(out.toByteArray(), Algorithm.ECDSA_P256, authority);
    }

    public static RealmKeys open(Signed signed, PublicKey authority) throws MalformedException {
        OctetReader in = new OctetReader(signed.open(Algorithm.ECDSA_P256, authority)).expect(MAGIC);
        RealmKeys keys = new RealmKeys(
                RealmId.of(in.raw(8)),
                in.time(),
                PublicKeys.ed25519(in.bytes()),
                PublicKeys.ed25519(in.bytes()),
                PublicKeys.ed25519(in.bytes()),
                PublicKeys.x25519(in.bytes()),
                PublicKeys.x25519(in.bytes()));
        in.end();
        if (!keys.realm.equals(RealmId.of(authority))) {
            throw new MalformedException("the keys belong to another realm");
        }
        return keys;
    }
}
