package org.cranny.central.enrollment;

import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** Makes token texts of 256 random bits, and uses tokens up, each use once, however many ask at the same time. */
public final class Tokens {
    private static final int OCTETS = 32;

    private Tokens() {}

    /** A fresh token, base64url; it does not begin with a hyphen, which a command line would take for an option. */
    public static String make(SecureRandom random) {
        byte[] octets = new byte[OCTETS];
        String token;
        do {
            random.nextBytes(octets);
            token = Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
        } while (token.startsWith("-"));
        return token;
    }

    /** What central keeps of a token: SHA-256, hex. */
    public static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static TokenRow find(EntityManager entities, String token) {
        Optional<TokenRow> found = entities.createQuery("select t from TokenRow t where t.hash = :hash", TokenRow.class)
                .setParameter("hash", hash(token == null ? "" : token.strip()))
                .getResultStream()
                .findFirst();
        return found.orElseThrow(
                () -> new ProblemException(ProblemKind.UNKNOWN_TOKEN, "central knows no such enrollment token"));
    }

    /** Uses the token once, or refuses. */
    static void use(EntityManager entities, TokenRow token, Instant now) {
        int used = entities.createQuery("update TokenRow t set t.remaining = t.remaining - 1"
                        + " where t.id = :id and t.expiresMillis > :now and (t.remaining is null or t.remaining > 0)")
                .setParameter("id", token.id())
                .setParameter("now", now.toEpochMilli())
                .executeUpdate();
        if (used != 1) {
            throw spent();
        }
    }

    static ProblemException spent() {
        return new ProblemException(ProblemKind.EXPIRED_TOKEN, "this enrollment token is used up or too old");
    }
}
