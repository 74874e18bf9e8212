package org.cranny.protocol.anchor;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.util.HexFormat;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.signing.Signed.Algorithm;

/**
 * Central's word (catalogue key, Ed25519) that its log had this head then: whoever keeps it proves later whether the log
 * still has that past.
 *
 * @param sequence number of the newest entry
 * @param hash of that entry and, through it, of all before; SHA-256, hex
 */
public record LogAnchor(RealmId realm, long sequence, String hash, Instant time) {
    private static final byte[] MAGIC = "CRNYLA\0\1".getBytes(StandardCharsets.ISO_8859_1);
    private static final int HASH = 32;

    public Signed sign(PrivateKey catalogueKey) {
        OctetWriter out = new OctetWriter()
                .raw(MAGIC)
                .raw(realm.bytes())
                .u64(sequence)
                .raw(HexFormat.of().parseHex(hash))
                .u64(time.getEpochSecond());
        return Signed.sign(out.toByteArray(), Algorithm.ED25519, catalogueKey);
    }

    public static LogAnchor open(Signed signed, PublicKey catalogueKey) throws MalformedException {
        OctetReader in = new OctetReader(signed.open(Algorithm.ED25519, catalogueKey)).expect(MAGIC);
        LogAnchor anchor =
                new LogAnchor(RealmId.of(in.raw(8)), in.u64(), HexFormat.of().formatHex(in.raw(HASH)), in.time());
        in.end();
        return anchor;
    }
}
