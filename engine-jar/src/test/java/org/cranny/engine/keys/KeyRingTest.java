package org.cranny.engine.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.cranny.protocol.snapshot.PackClass;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    private static final byte[] SALT = new byte[32];

    @Test
    void keepsTheOctetsOfVersionOne() {
        assertEquals(Golden.RING, hex(TestKeys.ring().encode()));
    }

    @Test
    void derivesTheKeysOfVersionOne() {
        KeyRing ring = TestKeys.ring();
        PackKey data = ring.packKey(PackClass.DATA, 1, SALT).orElseThrow();
        assertEquals(Golden.PACK_KEY, hex(data.key().bytes()));
        assertEquals(Golden.COMMITMENT, hex(data.commitment()));
        assertEquals(Golden.LINK_KEY, hex(ring.linkKey().bytes()));
        assertEquals(Golden.LABEL_KEY, hex(ring.labelKey(1, 7).orElseThrow().bytes()));
        assertEquals(Golden.GEAR_0, ring.gearTable()[0]);
        assertEquals(Golden.GEAR_255, ring.gearTable()[255]);
    }

    @Test
    void derivesAsRfc5869Says() {
        byte[] inputKey = HexFormat.of().parseHex("0b".repeat(22));
        byte[] salt = HexFormat.of().parseHex("000102030405060708090a0b0c");
        byte[] info = HexFormat.of().parseHex("f0f1f2f3f4f5f6f7f8f9");
        assertEquals(
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
                hex(Hkdf.derive(Secret.of(inputKey), salt, info, 42)));
        assertEquals(
                "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
                hex(Hkdf.derive(Secret.of(inputKey), new byte[0], new byte[0], 42)));
    }

    @Test
    void readsBackWhatItWrote() throws Exception {
        KeyRing ring = TestKeys.ring().rotate(new SecureRandom()).rotate(new SecureRandom());
        KeyRing back = KeyRing.decode(ring.encode());
        assertEquals(ring, back);
        assertEquals(3, back.generation());
    }

    @Test
    void refusesEveryBitFlipAndEveryCut() {
        byte[] octets = TestKeys.ring().rotate(new SecureRandom()).encode();
        for (int bit = 0; bit < 8 * octets.length; bit++) {
            byte[] flipped = octets.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(KeysUnreadableException.class, () -> KeyRing.decode(flipped));
        }
        for (int length = 0; length < octets.length; length++) {
            byte[] cut = Arrays.copyOf(octets, length);
            assertThrows(KeysUnreadableException.class, () -> KeyRing.decode(cut));
        }
    }

    @Test
    void rotationKeepsChunkIdsAndOldPacks() {
        KeyRing old = TestKeys.ring();
        KeyRing rotated = old.rotate(new SecureRandom());
        assertEquals(old.chunkIdKey(), rotated.chunkIdKey());
        assertArrayEquals(old.gearTable(), rotated.gearTable());
        assertEquals(packKey(old, 1), packKey(rotated, 1));
        assertNotEquals(packKey(rotated, 1), packKey(rotated, 2));
    }

    @Test
    void replacementAfterCompromiseChangesChunkIdsAndStillOpensOldPacks() {
        KeyRing old = TestKeys.ring();
        KeyRing replaced = old.replaceAfterCompromise(new SecureRandom());
        assertNotEquals(old.chunkIdKey(), replaced.chunkIdKey());
        assertEquals(packKey(old, 1), packKey(replaced, 1));
        assertEquals(2, replaced.generation());
    }

    @Test
    void classesAndSourcesAndSaltsHaveKeysOfTheirOwn() {
        KeyRing ring = TestKeys.ring();
        Secret data = ring.packKey(PackClass.DATA, 1, SALT).orElseThrow().key();
        Secret tree = ring.packKey(PackClass.TREE, 1, SALT).orElseThrow().key();
        byte[] otherSalt = new byte[32];
        otherSalt[31] = 1;
        Secret salted = ring.packKey(PackClass.DATA, 1, otherSalt).orElseThrow().key();
        KeyRing other = KeyRing.create(TestKeys.OTHER, new FixedRandom(0));
        Secret foreign = other.packKey(PackClass.DATA, 1, SALT).orElseThrow().key();
        assertNotEquals(data, tree);
        assertNotEquals(data, salted);
        assertNotEquals(data, foreign);
    }

    @Test
    void browseKeysOpenTreesAndIndexesAndNoData() {
        KeyRing ring = TestKeys.ring();
        BrowseKeys browse = ring.browseKeys();
        assertTrue(browse.packKey(PackClass.DATA, 1, SALT).isEmpty());
        for (PackClass packClass : new PackClass[] {PackClass.TREE, PackClass.INDEX}) {
            assertEquals(
                    ring.packKey(packClass, 1, SALT).orElseThrow().key(),
                    browse.packKey(packClass, 1, SALT).orElseThrow().key());
        }
        assertEquals(ring.labelKey(1, 9), browse.labelKey(1, 9));
    }

    @Test
    void hasNoKeyForAnUnknownGeneration() {
        assertTrue(TestKeys.ring().packKey(PackClass.DATA, 2, SALT).isEmpty());
        assertTrue(TestKeys.ring().packKey(PackClass.DATA, -1, SALT).isEmpty());
    }

    @Test
    void neverPrintsASecret() {
        KeyRing ring = TestKeys.ring();
        String secret = hex(ring.chunkIdKey().bytes()).substring(0, 8);
        for (Object shown : new Object[] {
            ring,
            ring.browseKeys(),
            ring.chunkIdKey(),
            ring.packKey(PackClass.DATA, 1, SALT).orElseThrow(),
            Escrow.draw()
        }) {
            assertTrue(shown.toString().contains("redacted"), shown::toString);
            assertFalse(shown.toString().contains(secret));
        }
    }

    @Test
    void isDeadAfterDestruction() {
        KeyRing ring = TestKeys.ring();
        ring.destroy();
        assertTrue(ring.isDestroyed());
        assertThrows(IllegalStateException.class, ring::encode);
        assertThrows(IllegalStateException.class, ring::linkKey);
    }

    private static Secret packKey(KeyRing ring, int generation) {
        return ring.packKey(PackClass.DATA, generation, SALT).orElseThrow().key();
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }
}
