package org.cranny.protocol.grant;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Arrays;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.signing.Signed.Algorithm;

/**
 * A source's right to keep bytes on the hosts of its realm, checked by every host without asking anyone.
 * Signed by the realm's grant key (Ed25519), bound to the source's key, valid 30 days, renewed at every contact.
 *
 * @param source who may put fragments
 * @param holder SHA-256 of the source's public key, 32 octets: another key with the same system id has no right
 * @param issued second from which it is valid
 * @param expires second from which it is not
 * @param bytes how much one host keeps for this source at most
 * @param bytesPerDay how much one host takes from this source in a day (UTC) at most
 * @param mayForget whether the source may put its own fragments into the trash of hosts, and have them deleted after
 *     their time there; central gives no such right
 */
public record Allotment(
        SystemId source,
        byte[] holder,
        Instant issued,
        Instant expires,
        long bytes,
        long bytesPerDay,
        boolean mayForget) {
    private static final byte[] MAGIC = "CRNYAL\0\1".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] MAGIC_TO_FORGET = "CRNYAL\0\2".getBytes(StandardCharsets.ISO_8859_1);

    /** A right to keep data, and no other. */
    public Allotment(SystemId source, byte[] holder, Instant issued, Instant expires, long bytes, long bytesPerDay) {
        this(source, holder, issued, expires, bytes, bytesPerDay, false);
    }

    public Signed sign(PrivateKey grantKey) {
        OctetWriter out = new OctetWriter().raw(mayForget ? MAGIC_TO_FORGET : MAGIC);
        source.write(out);
        out.raw(holder).u64(issued.getEpochSecond()).u64(expires.getEpochSecond());
        return Signed.sign(out.u64(bytes).u64(bytesPerDay).toByteArray(), Algorithm.ED25519, grantKey);
    }

    /** Reads an allotment that the realm really signed; whether it is still valid is {@link #allows}. */
    public static Allotment open(Signed signed, PublicKey grantKey) throws MalformedException {
        byte[] payload = signed.open(Algorithm.ED25519, grantKey);
        boolean mayForget =
                payload.length >= MAGIC.length && Arrays.equals(Arrays.copyOf(payload, MAGIC.length), MAGIC_TO_FORGET);
        OctetReader in = new OctetReader(payload).expect(mayForget ? MAGIC_TO_FORGET : MAGIC);
        Allotment allotment =
                new Allotment(SystemId.read(in), in.raw(32), in.time(), in.time(), in.u64(), in.u64(), mayForget);
        in.end();
        return allotment;
    }

    /** Whether this source, holding this key, may use it now. */
    public boolean allows(SystemId caller, byte[] keyFingerprint, Instant now) {
        return source.equals(caller)
                && Arrays.equals(holder, keyFingerprint)
                && !now.isBefore(issued)
                && now.isBefore(expires);
    }
}
