package org.cranny.engine.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyShareTest {
    private final SecureRandom random = new SecureRandom();
    private final Escrow.KeyPair pair = Escrow.draw();

    @Test
    void anyThreeOfFiveMakeTheKey() throws Exception {
        List<KeyShare> shares = KeyShare.split(pair.privateKey(), 3, 5, random);
        for (int a = 0; a < 5; a++) {
            for (int b = a + 1; b < 5; b++) {
                for (int c = b + 1; c < 5; c++) {
                    assertEquals(
                            pair.privateKey(), KeyShare.join(List.of(shares.get(c), shares.get(a), shares.get(b))));
                }
            }
        }
        assertEquals(pair.privateKey(), KeyShare.join(shares));
    }

    @Test
    void sharesArePointsOfAPolynomialOverTheFieldOfAes() throws Exception {
        List<KeyShare> shares = KeyShare.split(pair.privateKey(), 3, 3, random);
        byte[] key = new byte[32];
        for (KeyShare share : shares) {
            byte[] encoded = share.encode();
            int weight = 1;
            for (KeyShare other : shares) {
                if (other != share) {
                    weight = times(weight, times(other.number(), inverse(other.number() ^ share.number())));
                }
            }
            for (int i = 0; i < 32; i++) {
                key[i] ^= (byte) times(weight, encoded[encoded.length - 32 + i] & 0xff);
            }
        }
        assertEquals(pair.privateKey(), Secret.of(key));
    }

    @Test
    void oneShareLessThanTheThresholdFitsEveryKey() throws Exception {
        List<KeyShare> shares = KeyShare.split(pair.privateKey(), 2, 3, random);
        byte[] held = shares.get(0).encode();
        byte[] guessed = shares.get(1).encode();
        boolean[] seen = new boolean[256];
        for (int guess = 0; guess < 256; guess++) {
            guessed[guessed.length - 1] = (byte) guess;
            byte[] key = KeyShare.join(List.of(KeyShare.decode(held), KeyShare.decode(guessed)))
                    .bytes();
            seen[key[31] & 0xff] = true;
        }
        for (boolean possible : seen) {
            assertTrue(possible);
        }
    }

    @Test
    void refusesTooFewSharesTwiceTheSameAndThoseOfAnotherSplit() {
        List<KeyShare> shares = KeyShare.split(pair.privateKey(), 2, 3, random);
        List<KeyShare> others = KeyShare.split(pair.privateKey(), 2, 3, random);
        assertThrows(KeysUnreadableException.class, () -> KeyShare.join(List.of()));
        assertThrows(KeysUnreadableException.class, () -> KeyShare.join(List.of(shares.get(0))));
        assertThrows(KeysUnreadableException.class, () -> KeyShare.join(List.of(shares.get(0), shares.get(0))));
        assertThrows(KeysUnreadableException.class, () -> KeyShare.join(List.of(shares.get(0), others.get(1))));
        assertThrows(IllegalArgumentException.class, () -> KeyShare.split(pair.privateKey(), 1, 3, random));
        assertThrows(IllegalArgumentException.class, () -> KeyShare.split(pair.privateKey(), 4, 3, random));
    }

    @Test
    void aWrongShareMakesAnotherKeyWhichThePublicKeyShows() throws Exception {
        List<KeyShare> shares = KeyShare.split(pair.privateKey(), 2, 2, random);
        byte[] wrong = shares.get(1).encode();
        wrong[wrong.length - 5] ^= 1;
        Secret other = KeyShare.join(List.of(shares.get(0), KeyShare.decode(wrong)));
        assertNotEquals(pair.privateKey(), other);
        assertFalse(Escrow.isKeyOf(other, pair.publicKey()));
        assertTrue(Escrow.isKeyOf(pair.privateKey(), pair.publicKey()));
    }

    @Test
    void aSealedShareIsForOnePersonAndPrintsNothing() throws Exception {
        KeyShare share = KeyShare.split(pair.privateKey(), 2, 2, random).get(1);
        Escrow.KeyPair anna = Escrow.draw();
        byte[] sealed = Escrow.sealShare(share, anna.publicKey());
        KeyShare back = Escrow.openShare(sealed, anna.privateKey());
        assertTrue(Arrays.equals(share.encode(), back.encode()));
        assertEquals(2, back.number());
        assertEquals(2, back.threshold());
        assertThrows(
                KeysUnreadableException.class,
                () -> Escrow.openShare(sealed, Escrow.draw().privateKey()));
        List<byte[]> broken = new ArrayList<>();
        byte[] encoded = share.encode();
        for (int length = 0; length < encoded.length; length++) {
            broken.add(Arrays.copyOf(encoded, length));
        }
        broken.forEach(octets -> assertThrows(KeysUnreadableException.class, () -> KeyShare.decode(octets)));
        assertTrue(share.toString().endsWith("redacted]"));
    }

    private static int times(int a, int b) {
        int product = 0;
        for (int x = a, y = b; y != 0; y >>= 1, x = (x << 1) ^ ((x & 0x80) != 0 ? 0x11b : 0)) {
            product ^= (y & 1) != 0 ? x : 0;
        }
        return product & 0xff;
    }

    private static int inverse(int a) {
        for (int b = 1; b < 256; b++) {
            if (times(a, b) == 1) {
                return b;
            }
        }
        throw new ArithmeticException();
    }
}
