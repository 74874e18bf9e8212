package org.cranny.engine.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is sealed to a key, at the edges of X25519 and AES-GCM, in the manner of Project Wycheproof. */
class EscrowVectorsTest {
    /** Points of low order, in their plain and their other encodings (RFC 7748, section 6.1; Wycheproof's list). */
    private static final List<String> LOW_ORDER = List.of(
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0000000000000000000000000000000000000000000000000000000000000080",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff");

    private final Escrow.KeyPair realm = Escrow.draw();

    @Test
    void nothingIsSealedToAPointOfLowOrder() {
        for (String point : LOW_ORDER) {
            byte[] key = HexFormat.of().parseHex(point);
            assertThrows(IllegalStateException.class, () -> Escrow.sealRing(TestKeys.ring(), key), point);
        }
    }

    @Test
    void nothingOpensThatCameByAPointOfLowOrder() {
        byte[] sealed = Escrow.sealRing(TestKeys.ring(), realm.publicKey());
        for (String point : LOW_ORDER) {
            byte[] forged = sealed.clone();
            System.arraycopy(HexFormat.of().parseHex(point), 0, forged, 0, 32);
            refused(forged, point);
        }
    }

    @Test
    void nothingOpensWithAnotherTagOrLength() throws Exception {
        byte[] sealed = Escrow.sealRing(TestKeys.ring(), realm.publicKey());
        assertEquals(TestKeys.ring(), Escrow.openRing(sealed, realm.privateKey(), TestKeys.SOURCE));
        refused(new byte[0], "nothing");
        refused(new byte[32], "a key alone");
        refused(new byte[47], "less than a tag");
        refused(new byte[48], "an empty text");
        refused(Arrays.copyOf(sealed, 32), "its key alone");
        refused(Arrays.copyOf(sealed, sealed.length - 4), "a tag of 12 octets");
        refused(Arrays.copyOf(sealed, sealed.length - 16), "no tag");
        refused(Arrays.copyOf(sealed, sealed.length + 1), "one octet more");
        byte[] zeroTag = sealed.clone();
        Arrays.fill(zeroTag, sealed.length - 16, sealed.length, (byte) 0);
        refused(zeroTag, "a tag of zeros");
        byte[] turned = sealed.clone();
        for (int i = 1; i <= 16; i++) {
            turned[sealed.length - i] ^= (byte) 0xff;
        }
        refused(turned, "all bits of the tag turned");
        byte[] other = sealed.clone();
        byte[] fresh = Escrow.sealRing(TestKeys.ring(), realm.publicKey());
        System.arraycopy(fresh, 0, other, 0, 32);
        refused(other, "the key of another seal");
    }

    private void refused(byte[] sealed, String what) {
        assertThrows(
                KeysUnreadableException.class,
                () -> Escrow.openRing(sealed, realm.privateKey(), TestKeys.SOURCE),
                what);
    }
}
