package org.cranny.central.enrollment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cranny.central.authority.Authority;
import org.cranny.protocol.enrollment.Renewal;

/**
 * Challenges that need not be remembered: the second of their making and an HMAC over it, under a secret of the realm.
 * One is good for five minutes, however often; what a machine signs under it is worth something to that machine alone.
 */
final class Challenges {
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final byte[] PURPOSE = "cranny 1 renewals".getBytes(StandardCharsets.US_ASCII);

    private final Authority authority;
    private final Clock clock;

    Challenges(Authority authority, Clock clock) {
        this.authority = authority;
        this.clock = clock;
    }

    byte[] make() {
        return of(clock.instant().getEpochSecond());
    }

    boolean isGood(byte[] challenge) {
        long made = ByteBuffer.wrap(challenge).getLong();
        Instant now = clock.instant();
        boolean ours = MessageDigest.isEqual(of(made), challenge);
        return ours && made <= now.getEpochSecond() && made >= now.minus(LIFE).getEpochSecond();
    }

    private byte[] of(long second) {
        byte[] made = ByteBuffer.allocate(Long.BYTES).putLong(second).array();
        byte[] mac = mac(mac(authority.masterFileKey().getEncoded(), PURPOSE), made);
        return ByteBuffer.allocate(Renewal.CHALLENGE_OCTETS)
                .put(made)
                .put(Arrays.copyOf(mac, Renewal.CHALLENGE_OCTETS - Long.BYTES))
                .array();
    }

    private static byte[] mac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
