package org.cranny.engine.sealing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SealingStreamTest {
    private static final SecretKey KEY = new SecretKeySpec(new byte[32], "AES");
    private static final byte[] HEADER = {1, 2, 3};

    @Test
    void whatWasSealedOpensWhateverItsLength() throws IOException {
        for (int length : new int[] {0, 1, Frames.PLAIN - 1, Frames.PLAIN, Frames.PLAIN + 1, 3 * Frames.PLAIN}) {
            byte[] plain = plain(length);
            byte[] sealed = seal(plain);
            assertEquals(Frames.sealedLength(length), sealed.length);
            assertArrayEquals(plain, open(sealed, HEADER));
        }
    }

    @Test
    void aChangeACutOnWholeFramesAndAnotherHeaderAreFound() throws IOException {
        byte[] sealed = seal(plain(2 * Frames.PLAIN + 5));
        for (int at : new int[] {0, Frames.SEALED, sealed.length - 1}) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertThrows(SealBrokenException.class, () -> open(changed, HEADER));
        }
        for (int length : new int[] {0, 5, Frames.SEALED, 2 * Frames.SEALED, sealed.length - 1}) {
            assertThrows(SealBrokenException.class, () -> open(Arrays.copyOf(sealed, length), HEADER));
        }
        assertThrows(SealBrokenException.class, () -> open(sealed, new byte[] {1, 2, 4}));
    }

    @Test
    void framesThatChangedPlacesAreFound() throws IOException {
        byte[] sealed = seal(plain(3 * Frames.PLAIN));
        byte[] swapped = sealed.clone();
        System.arraycopy(sealed, 0, swapped, Frames.SEALED, Frames.SEALED);
        System.arraycopy(sealed, Frames.SEALED, swapped, 0, Frames.SEALED);
        assertThrows(SealBrokenException.class, () -> open(swapped, HEADER));
    }

    private static byte[] plain(int length) {
        byte[] octets = new byte[length];
        new Random(length).nextBytes(octets);
        return octets;
    }

    private static byte[] seal(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SealingStream sealing = new SealingStream(out, KEY, HEADER)) {
            sealing.write(plain);
        }
        return out.toByteArray();
    }

    private static byte[] open(byte[] sealed, byte[] header) throws IOException {
        try (OpeningStream opening = new OpeningStream(new ByteArrayInputStream(sealed), KEY, header)) {
            return opening.readAllBytes();
        }
    }
}
