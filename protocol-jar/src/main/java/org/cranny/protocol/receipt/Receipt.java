package org.cranny.protocol.receipt;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.signing.Signed.Algorithm;

/**
 * A host's word that it holds a fragment of a source, given only after the octets and their folder are fsynced.
 * Signed by the key of the host's certificate (ECDSA P-256).
 */
public record Receipt(SystemId host, SystemId source, FragmentId fragment, long length, Instant time) {
    private static final byte[] MAGIC = "CRNYRC\0\1".getBytes(StandardCharsets.ISO_8859_1);

    public Signed sign(PrivateKey hostKey) {
        OctetWriter out = new OctetWriter().raw(MAGIC);
        host.write(out);
        source.write(out);
        out.raw(fragment.bytes()).u64(length).u64(time.getEpochSecond());
        return Signed.sign(out.toByteArray(), Algorithm.ECDSA_P256, hostKey);
    }

    public static Receipt open(Signed signed, PublicKey hostKey) throws MalformedException {
        return parse(signed.open(Algorithm.ECDSA_P256, hostKey));
    }

    /** Reads whose receipt it says it is, to find the key to {@link #open} it with; proves nothing. */
    public static Receipt claimed(Signed signed) throws MalformedException {
        return parse(signed.payload());
    }

    private static Receipt parse(byte[] payload) throws MalformedException {
        OctetReader in = new OctetReader(payload).expect(MAGIC);
        Receipt receipt = new Receipt(SystemId.read(in), SystemId.read(in), FragmentId.read(in), in.u64(), in.time());
        in.end();
        return receipt;
    }
}
