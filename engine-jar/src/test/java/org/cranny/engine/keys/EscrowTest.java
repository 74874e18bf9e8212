package org.cranny.engine.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import org.cranny.protocol.snapshot.PackClass;
import org.junit.jupiter.api.Test;

class EscrowTest {
    private final Escrow.KeyPair realm = Escrow.draw();

    @Test
    void givesTheRingBackToTheRealmsKeyAlone() throws Exception {
        KeyRing ring = TestKeys.ring();
        byte[] sealed = Escrow.sealRing(ring, realm.publicKey());
        assertEquals(ring, Escrow.openRing(sealed, realm.privateKey(), TestKeys.SOURCE));
        Secret stranger = Escrow.draw().privateKey();
        assertThrows(KeysUnreadableException.class, () -> Escrow.openRing(sealed, stranger, TestKeys.SOURCE));
    }

    @Test
    void refusesAnotherSourcesName() {
        byte[] sealed = Escrow.sealRing(TestKeys.ring(), realm.publicKey());
        assertThrows(KeysUnreadableException.class, () -> Escrow.openRing(sealed, realm.privateKey(), TestKeys.OTHER));
    }

    @Test
    void refusesToOpenBrowseKeysAsARing() {
        byte[] sealed = Escrow.sealBrowse(TestKeys.ring().browseKeys(), realm.publicKey());
        assertThrows(KeysUnreadableException.class, () -> Escrow.openRing(sealed, realm.privateKey(), TestKeys.SOURCE));
    }

    @Test
    void givesBrowseKeysBack() throws Exception {
        KeyRing ring = TestKeys.ring().rotate(new FixedRandom(100));
        byte[] sealed = Escrow.sealBrowse(ring.browseKeys(), realm.publicKey());
        BrowseKeys browse = Escrow.openBrowse(sealed, realm.privateKey(), TestKeys.SOURCE);
        byte[] salt = new byte[32];
        for (int generation = 1; generation <= 2; generation++) {
            assertEquals(
                    ring.packKey(PackClass.TREE, generation, salt).orElseThrow().key(),
                    browse.packKey(PackClass.TREE, generation, salt)
                            .orElseThrow()
                            .key());
            assertTrue(browse.packKey(PackClass.DATA, generation, salt).isEmpty());
        }
    }

    @Test
    void refusesEveryFlippedOctetAndEveryCut() {
        byte[] sealed = Escrow.sealRing(TestKeys.ring(), realm.publicKey());
        for (int at = 0; at < sealed.length; at++) {
            byte[] flipped = sealed.clone();
            flipped[at] ^= 1;
            refuses(flipped);
            refuses(Arrays.copyOf(sealed, at));
        }
    }

    @Test
    void opensWhatVersionOneSealed() throws Exception {
        Secret privateKey = Secret.of(HexFormat.of().parseHex("01".repeat(32)));
        byte[] sealed = HexFormat.of().parseHex(Golden.ESCROW);
        assertEquals(TestKeys.ring(), Escrow.openRing(sealed, privateKey, TestKeys.SOURCE));
    }

    private void refuses(byte[] sealed) {
        assertThrows(KeysUnreadableException.class, () -> Escrow.openRing(sealed, realm.privateKey(), TestKeys.SOURCE));
    }
}
