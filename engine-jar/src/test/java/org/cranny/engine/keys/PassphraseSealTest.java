package org.cranny.engine.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PassphraseSealTest {
    private static final PassphraseSeal SEAL = new PassphraseSeal("CRNYKT\0\1");
    private static final char[] PASSPHRASE = "correct horse battery staple".toCharArray();
    private static final byte[] BOUND = "read me".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD = 8 + 4 + 4 + 1 + 16;

    /** SHA-256 of "cranny" sealed with this passphrase, bound to "read me", with a salt of octets 0 to 15. */
    private static final String GOLDEN = "93f39dcd086c9326c4fbe148882358f8acd4048a045eaa68be6777442c15684b";

    @Test
    void bringsBackWhatWasSealedWhateverItsLength() throws IOException {
        for (int length :
                new int[] {0, 1, PassphraseSeal.FRAME - 1, PassphraseSeal.FRAME, PassphraseSeal.FRAME * 2 + 7}) {
            byte[] plain = noise(length);
            assertArrayEquals(plain, open(seal(plain), BOUND, PASSPHRASE), () -> length + " octets");
        }
    }

    @Test
    void writesTheSameOctetsForEver() throws IOException, GeneralSecurityException {
        byte[] sealed = seal("cranny".getBytes(StandardCharsets.US_ASCII));
        assertEquals(HEAD + 6 + 16, sealed.length);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(sealed);
        assertEquals(GOLDEN, HexFormat.of().formatHex(digest));
    }

    @Test
    void refusesAnotherPassphraseAndOtherBoundOctets() throws IOException {
        byte[] sealed = seal(noise(100));
        assertThrows(KeysUnreadableException.class, () -> open(sealed, BOUND, "incorrect horse".toCharArray()));
        assertThrows(KeysUnreadableException.class, () -> open(sealed, new byte[0], PASSPHRASE));
    }

    @Test
    void refusesWhatWasChangedCutOffOrJoinedUp() throws IOException {
        byte[] sealed = seal(noise(PassphraseSeal.FRAME + 10));
        for (int at : new int[] {0, 20, HEAD, HEAD + PassphraseSeal.FRAME + 20, sealed.length - 1}) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertThrows(KeysUnreadableException.class, () -> open(changed, BOUND, PASSPHRASE), () -> "octet " + at);
        }
        int oneFrame = HEAD + PassphraseSeal.FRAME + 16;
        for (int length : new int[] {HEAD - 1, HEAD, oneFrame, oneFrame + 5, sealed.length - 1}) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThrows(KeysUnreadableException.class, () -> open(cut, BOUND, PASSPHRASE), () -> length + " octets");
        }
        byte[] longer = Arrays.copyOf(sealed, sealed.length + 1);
        assertThrows(KeysUnreadableException.class, () -> open(longer, BOUND, PASSPHRASE));
    }

    @Test
    void refusesDerivationsThatWouldEatTheMachine() throws IOException {
        byte[] sealed = seal(noise(1));
        sealed[8] = 0x7f;
        assertThrows(KeysUnreadableException.class, () -> open(sealed, BOUND, PASSPHRASE));
    }

    @Test
    void refusesDerivationsForWhichThereIsNoMemory() throws IOException {
        PassphraseSeal.requireRoom(65_536, 118 << 20);
        PassphraseSeal.requireRoom(98_304, 128 << 20);
        assertThrows(KeysUnreadableException.class, () -> PassphraseSeal.requireRoom(98_305, 128 << 20));
    }

    @Test
    void refusesPassphrasesThatAreShort() {
        assertThrows(
                IllegalArgumentException.class,
                () -> SEAL.seal(new ByteArrayOutputStream(), BOUND, "short".toCharArray(), new FixedRandom(0)));
    }

    private static byte[] seal(byte[] plain) throws IOException {
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        try (OutputStream out = SEAL.seal(sealed, BOUND, PASSPHRASE, new FixedRandom(0))) {
            out.write(plain);
        }
        return sealed.toByteArray();
    }

    private static byte[] open(byte[] sealed, byte[] bound, char[] passphrase) throws IOException {
        try (InputStream in = SEAL.open(new ByteArrayInputStream(sealed), bound, passphrase)) {
            return in.readAllBytes();
        }
    }

    private static byte[] noise(int length) {
        byte[] octets = new byte[length];
        new Random(length).nextBytes(octets);
        return octets;
    }
}
