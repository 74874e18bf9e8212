package org.cranny.engine.sealing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.cranny.engine.keys.FixedRandom;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.TestKeys;
import org.cranny.protocol.snapshot.PackClass;
import org.junit.jupiter.api.Test;

class PackCipherTest {
    private final KeyRing ring = TestKeys.ring();
    private final PackCipher sealing = PackCipher.sealing(ring, PackClass.DATA, new SecureRandom());

    @Test
    void sealsTheHeaderAndFrameOfVersionOne() {
        PackCipher fixed = PackCipher.sealing(ring, PackClass.DATA, new FixedRandom(64));
        assertEquals(GOLDEN_HEADER, hex(fixed.header().bytes()));
        byte[] sealed = new byte[19];
        fixed.seal(Section.segment(1), new byte[] {1, 2, 3}, 0, 3, sealed, 0);
        assertEquals(GOLDEN_FRAME, hex(sealed));
    }

    @Test
    void opensEveryLengthItSealed() throws Exception {
        PackCipher opening =
                PackCipher.opening(PackHeader.parse(sealing.header().bytes()), ring);
        int number = 0;
        for (int length : new int[] {0, 1, 15, 16, 17, 16_383, 16_384, 16_385, 32_768, 100_000, 1 << 20}) {
            byte[] plain = random(length);
            byte[] sealed = new byte[(int) Frames.sealedLength(length) + 3];
            Section section = Section.segment(number++);
            assertEquals(sealed.length - 3, sealing.seal(section, plain, 0, length, sealed, 3));
            byte[] back = new byte[length];
            assertEquals(length, opening.open(section, sealed, 3, sealed.length - 3, back, 0));
            assertArrayEquals(plain, back);
        }
    }

    @Test
    void refusesToSealASectionTwice() {
        seal(Section.segment(3), 10);
        seal(Section.FOOTER, 10);
        assertThrows(IllegalStateException.class, () -> seal(Section.segment(3), 10));
        assertThrows(IllegalStateException.class, () -> seal(Section.FOOTER, 10));
        seal(Section.segment(2), 10);
        seal(Section.TRAILER, 10);
    }

    @Test
    void refusesToSealIntoAPackThatWasRead() throws Exception {
        PackCipher opening = PackCipher.opening(sealing.header(), ring);
        assertThrows(
                IllegalStateException.class,
                () -> opening.seal(Section.segment(0), new byte[1], 0, 1, new byte[17], 0));
    }

    @Test
    void saysWhichFrameIsBrokenAndReleasesNothing() {
        byte[] sealed = seal(Section.segment(4), 40_000);
        sealed[2 * Frames.SEALED + 5] ^= 8;
        byte[] out = new byte[40_000];
        SealBrokenException broken = assertThrows(
                SealBrokenException.class, () -> sealing.open(Section.segment(4), sealed, 0, sealed.length, out, 0));
        assertEquals("the seal of segment 4 is broken in frame 2", broken.getMessage());
        assertArrayEquals(new byte[40_000], out);
    }

    @Test
    void bindsFramesToTheirPlace() {
        byte[] sealed = seal(Section.segment(0), 3 * Frames.PLAIN);
        byte[] swapped = sealed.clone();
        System.arraycopy(sealed, 0, swapped, Frames.SEALED, Frames.SEALED);
        System.arraycopy(sealed, Frames.SEALED, swapped, 0, Frames.SEALED);
        refuses(Section.segment(0), swapped);
        refuses(Section.segment(0), Arrays.copyOf(sealed, 2 * Frames.SEALED));
        refuses(Section.segment(1), sealed);
        refuses(Section.PADDING, sealed);
    }

    @Test
    void bindsSectionsToTheirPack() throws Exception {
        byte[] sealed = seal(Section.segment(0), 100);
        PackCipher other = PackCipher.sealing(ring, PackClass.DATA, new SecureRandom());
        assertThrows(
                SealBrokenException.class,
                () -> other.open(Section.segment(0), sealed, 0, sealed.length, new byte[100], 0));
    }

    @Test
    void refusesLengthsThatNoSectionHas() {
        assertThrows(
                MalformedPackException.class,
                () -> sealing.open(Section.segment(0), new byte[100], 0, 15, new byte[100], 0));
        byte[] sealed = new byte[Frames.SEALED + 16];
        assertThrows(
                MalformedPackException.class,
                () -> sealing.open(Section.segment(0), sealed, 0, sealed.length, new byte[sealed.length], 0));
    }

    @Test
    void refusesEveryFlippedBitOfAHeader() {
        byte[] header = sealing.header().bytes();
        for (int bit = 0; bit < 8 * header.length; bit++) {
            byte[] flipped = header.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(PackException.class, () -> PackCipher.opening(PackHeader.parse(flipped), ring));
        }
    }

    @Test
    void refusesAnotherSourcesKeysAndClassesThatTheKeysLeaveOut() {
        KeyRing other = KeyRing.create(TestKeys.OTHER, new FixedRandom(0));
        assertThrows(ForeignPackException.class, () -> PackCipher.opening(sealing.header(), other));
        assertThrows(ForeignPackException.class, () -> PackCipher.opening(sealing.header(), ring.browseKeys()));
        KeyRing sameName = KeyRing.create(TestKeys.SOURCE, new FixedRandom(9));
        assertThrows(SealBrokenException.class, () -> PackCipher.opening(sealing.header(), sameName));
    }

    @Test
    void opensOldGenerationsAfterRotation() throws Exception {
        byte[] sealed = seal(Section.segment(0), 1000);
        KeyRing rotated = ring.rotate(new SecureRandom());
        PackCipher opening = PackCipher.opening(sealing.header(), rotated);
        opening.open(Section.segment(0), sealed, 0, sealed.length, new byte[1000], 0);
        PackCipher fresh = PackCipher.sealing(rotated, PackClass.DATA, new SecureRandom());
        assertEquals(2, fresh.header().generation());
        assertThrows(ForeignPackException.class, () -> PackCipher.opening(fresh.header(), ring));
    }

    @Test
    void everyPackHasAKeyOfItsOwn() {
        PackCipher other = PackCipher.sealing(ring, PackClass.DATA, new SecureRandom());
        assertNotEquals(hex(sealing.header().bytes()), hex(other.header().bytes()));
    }

    @Test
    void isDeadAfterDestruction() {
        sealing.destroy();
        assertThrows(IllegalStateException.class, () -> seal(Section.segment(0), 1));
    }

    private void refuses(Section section, byte[] sealed) {
        assertThrows(
                SealBrokenException.class,
                () -> sealing.open(section, sealed, 0, sealed.length, new byte[sealed.length], 0));
    }

    private byte[] seal(Section section, int length) {
        byte[] sealed = new byte[(int) Frames.sealedLength(length)];
        sealing.seal(section, random(length), 0, length, sealed, 0);
        return sealed;
    }

    private static byte[] random(int length) {
        byte[] octets = new byte[length];
        new Random(length).nextBytes(octets);
        return octets;
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    private static final String GOLDEN_HEADER =
            "43524e59504b000101010000000000010011223344556677000000000000002a404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5fefbed782365fe5717f71e52abcda0d88df6b22f634c894feb6a8c32589274a32";
    private static final String GOLDEN_FRAME = "dea70758155c8ed8e30916f2d0b2b4ab666a7c";
}
