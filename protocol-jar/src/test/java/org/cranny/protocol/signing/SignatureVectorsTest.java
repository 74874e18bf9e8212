package org.cranny.protocol.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cranny.protocol.signing.Signed.Algorithm;
import org.junit.jupiter.api.Test;

/** Signatures at the edges of what the standards allow, each with its verdict, in the manner of Project Wycheproof. */
class SignatureVectorsTest {
    private static final byte[] PAYLOAD = "a document".getBytes(StandardCharsets.US_ASCII);

    /** Order of the group of Ed25519 (RFC 8032, section 5.1). */
    private static final BigInteger L =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    /** Order of the group of P-256 (FIPS 186-4, D.1.2.3). */
    private static final BigInteger N =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    @Test
    void ed25519TakesTheOneSignatureOnly() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] good = Algorithm.ED25519.sign(PAYLOAD, keys.getPrivate());
        byte[] r = Arrays.copyOf(good, 32);
        byte[] s = Arrays.copyOfRange(good, 32, 64);
        BigInteger number = new BigInteger(1, reversed(s));
        Map<String, byte[]> refused = new LinkedHashMap<>();
        refused.put("empty", new byte[0]);
        refused.put("zero", new byte[64]);
        refused.put("cut by one octet", Arrays.copyOf(good, 63));
        refused.put("R alone", r);
        refused.put("one octet more", Arrays.copyOf(good, 65));
        refused.put("twice", join(good, good));
        refused.put("S and L", join(r, little(number.add(L))));
        refused.put("S is 0", join(r, new byte[32]));
        refused.put("S is L", join(r, little(L)));
        refused.put("S is -S", join(r, little(L.subtract(number))));
        refused.put("S is 2^256 - 1", join(r, ones()));
        refused.put("R is 0", join(new byte[32], s));
        refused.put("R is 1, of low order", join(little(BigInteger.ONE), s));
        refused.put("R is no point", join(ones(), s));
        refused.put("R and S change places", join(s, r));
        refused.put("of another payload", Algorithm.ED25519.sign(new byte[1], keys.getPrivate()));
        verdicts(Algorithm.ED25519, keys, Map.of("as it was made", good), refused);
    }

    /** The twin of an ECDSA signature, N - S, is right too; nothing is ever named by its signature. */
    @Test
    void ecdsaTakesTheSignatureAndItsTwinOnly() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        byte[] good = Algorithm.ECDSA_P256.sign(PAYLOAD, keys.getPrivate());
        int lengthOfR = good[3];
        byte[] first = Arrays.copyOfRange(good, 4, 4 + lengthOfR);
        BigInteger r = new BigInteger(first);
        BigInteger s = new BigInteger(Arrays.copyOfRange(good, 6 + lengthOfR, good.length));
        Map<String, byte[]> taken = new LinkedHashMap<>();
        taken.put("as it was made", good);
        taken.put("encoded again", der(r, s));
        taken.put("its twin", der(r, N.subtract(s)));
        Map<String, byte[]> refused = new LinkedHashMap<>();
        refused.put("empty", new byte[0]);
        refused.put("a sequence of nothing", new byte[] {0x30, 0});
        refused.put("0 and 0", der(BigInteger.ZERO, BigInteger.ZERO));
        refused.put("0 and 1", der(BigInteger.ZERO, BigInteger.ONE));
        refused.put("1 and 0", der(BigInteger.ONE, BigInteger.ZERO));
        refused.put("N and N", der(N, N));
        refused.put("r is 0", der(BigInteger.ZERO, s));
        refused.put("s is 0", der(r, BigInteger.ZERO));
        refused.put("r and N", der(r.add(N), s));
        refused.put("s and N", der(r, s.add(N)));
        refused.put("-r", der(r.negate(), s));
        refused.put("-s", der(r, s.negate()));
        refused.put("s is 2^1000", der(r, BigInteger.TWO.pow(1000)));
        refused.put("cut by one octet", Arrays.copyOf(good, good.length - 1));
        refused.put("one octet more", Arrays.copyOf(good, good.length + 1));
        refused.put("not encoded", join(fixed(r), fixed(s)));
        refused.put("r and s change places", der(s, r));
        refused.put("of another payload", Algorithm.ECDSA_P256.sign(new byte[1], keys.getPrivate()));
        verdicts(Algorithm.ECDSA_P256, keys, taken, refused);
    }

    private static void verdicts(
            Algorithm algorithm, KeyPair keys, Map<String, byte[]> taken, Map<String, byte[]> refused) {
        Map<String, Boolean> expected = new LinkedHashMap<>();
        Map<String, Boolean> found = new LinkedHashMap<>();
        taken.forEach((what, signature) -> {
            expected.put(what, true);
            found.put(what, algorithm.verifies(PAYLOAD, signature, keys.getPublic()));
        });
        refused.forEach((what, signature) -> {
            expected.put(what, false);
            found.put(what, algorithm.verifies(PAYLOAD, signature, keys.getPublic()));
        });
        assertEquals(expected, found);
    }

    private static byte[] der(BigInteger r, BigInteger s) {
        byte[] one = integer(r);
        byte[] other = integer(s);
        int length = one.length + other.length;
        byte[] head = length < 128 ? new byte[] {0x30, (byte) length} : new byte[] {0x30, (byte) 0x81, (byte) length};
        return join(head, join(one, other));
    }

    private static byte[] integer(BigInteger number) {
        byte[] octets = number.toByteArray();
        byte[] head = octets.length < 128
                ? new byte[] {2, (byte) octets.length}
                : new byte[] {2, (byte) 0x81, (byte) octets.length};
        return join(head, octets);
    }

    private static byte[] fixed(BigInteger number) {
        return reversed(little(number));
    }

    private static byte[] little(BigInteger number) {
        byte[] big = number.toByteArray();
        byte[] all = new byte[32];
        for (int i = 0; i < Math.min(32, big.length); i++) {
            all[i] = big[big.length - 1 - i];
        }
        return all;
    }

    private static byte[] reversed(byte[] octets) {
        byte[] turned = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            turned[i] = octets[octets.length - 1 - i];
        }
        return turned;
    }

    private static byte[] ones() {
        byte[] all = new byte[32];
        Arrays.fill(all, (byte) -1);
        return all;
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
