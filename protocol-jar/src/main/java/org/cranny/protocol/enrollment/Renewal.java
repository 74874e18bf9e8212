package org.cranny.protocol.enrollment;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.signing.Signed.Algorithm;

/**
 * A machine's word that it still has the key of its certificate, which may have expired: its answer to central's
 * challenge. Signed by that key (ECDSA P-256). Layout: {@code docs/protocol/signed.md}.
 *
 * @param challenge as central gave it, {@value #CHALLENGE_OCTETS} octets
 */
public record Renewal(SystemId system, byte[] challenge) {
    /** Octets of a challenge. */
    public static final int CHALLENGE_OCTETS = 40;

    private static final int PARTS = 3;
    private static final byte[] MAGIC = "CRNYRN\0\1".getBytes(StandardCharsets.ISO_8859_1);

    /** Whether it is time to renew: less than a third of the certificate's time is left, or it has not begun. */
    public static boolean due(X509Certificate certificate, Instant now) {
        Instant end = certificate.getNotAfter().toInstant();
        Instant begin = certificate.getNotBefore().toInstant();
        Duration life = Duration.between(begin, end);
        return now.isBefore(begin) || !now.isBefore(end.minus(life.dividedBy(PARTS)));
    }

    public Signed sign(PrivateKey machineKey) {
        OctetWriter out = new OctetWriter().raw(MAGIC);
        system.write(out);
        return Signed.sign(out.raw(challenge).toByteArray(), Algorithm.ECDSA_P256, machineKey);
    }

    public static Renewal open(Signed signed, PublicKey machineKey) throws MalformedException {
        return parse(signed.open(Algorithm.ECDSA_P256, machineKey));
    }

    /** Reads whose word it says it is, to find the key to {@link #open} it with; proves nothing. */
    public static Renewal claimed(Signed signed) throws MalformedException {
        return parse(signed.payload());
    }

    private static Renewal parse(byte[] payload) throws MalformedException {
        OctetReader in = new OctetReader(payload).expect(MAGIC);
        Renewal renewal = new Renewal(SystemId.read(in), in.raw(CHALLENGE_OCTETS));
        in.end();
        return renewal;
    }
}
