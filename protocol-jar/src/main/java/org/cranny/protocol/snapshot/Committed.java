package org.cranny.protocol.snapshot;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.signing.Signed.Algorithm;

/**
 * Central's countersignature (catalogue key, Ed25519): this manifest is committed and durable.
 *
 * @param manifest hash of the manifest, 32 octets
 * @param received when central received it; retention counts from here
 */
public record Committed(SystemId source, long version, byte[] manifest, Instant received) {
    private static final byte[] MAGIC = "CRNYCS\0\1".getBytes(StandardCharsets.ISO_8859_1);

    public Signed sign(PrivateKey catalogueKey) {
        OctetWriter out = new OctetWriter().raw(MAGIC);
        source.write(out);
        out.u64(version).raw(manifest).u64(received.toEpochMilli());
        return Signed.sign(out.toByteArray(), Algorithm.ED25519, catalogueKey);
    }

    public static Committed open(Signed signed, PublicKey catalogueKey) throws MalformedException {
        OctetReader in = new OctetReader(signed.open(Algorithm.ED25519, catalogueKey)).expect(MAGIC);
        Committed committed = new Committed(SystemId.read(in), in.u64(), in.raw(32), Instant.ofEpochMilli(in.u64()));
        in.end();
        return committed;
    }
}
