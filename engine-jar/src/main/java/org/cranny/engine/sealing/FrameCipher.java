package org.cranny.engine.sealing;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals and opens single frames. One for each thread: the JDK's ciphers are fast in calls of 16 KiB and slow to make.
 *
 * <p>Nonce: four zero octets, section number, frame number. The caller sees to it that no key seals a nonce twice.
 */
final class FrameCipher {
    private static final ThreadLocal<FrameCipher> MINE = ThreadLocal.withInitial(FrameCipher::new);
    private static final int NONCE_LENGTH = 12;
    private static final int AAD_LENGTH = 32;
    private static final int BOUND_HEADER_OCTETS = 12;
    private static final int TAG_BITS = 8 * Frames.TAG;

    private final Cipher sealing = cipher();
    private final Cipher opening = cipher();
    private final byte[] nonce = new byte[NONCE_LENGTH];
    private final byte[] aad = new byte[AAD_LENGTH];
    private final ByteBuffer nonceFields = ByteBuffer.wrap(nonce);
    private final ByteBuffer aadFields = ByteBuffer.wrap(aad);

    private FrameCipher() {}

    static FrameCipher mine() {
        return MINE.get();
    }

    /** What every frame of a pack is bound to. */
    record Binding(SecretKey key, int packClass, byte[] headerHash) {
        static Binding of(SecretKey key, PackHeader header) {
            return new Binding(
                    key, header.packClass().code(), Arrays.copyOf(sha256(header.bytes()), BOUND_HEADER_OCTETS));
        }
    }

    /** Where a frame stands. */
    record Place(Section section, int frame, boolean last) {}

    void seal(Binding binding, Place place, byte[] in, int from, int length, byte[] out, int to) {
        try {
            prepare(sealing, Cipher.ENCRYPT_MODE, binding, place, length);
            sealing.doFinal(in, from, length, out, to);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing " + place.section() + " failed", e);
        }
    }

    /** {@code length} counts the ciphertext without its tag. */
    void open(Binding binding, Place place, byte[] in, int from, int length, byte[] out, int to)
            throws SealBrokenException {
        try {
            prepare(opening, Cipher.DECRYPT_MODE, binding, place, length);
            opening.doFinal(in, from, length + Frames.TAG, out, to);
        } catch (AEADBadTagException e) {
            throw new SealBrokenException(place.section(), place.frame(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("opening " + place.section() + " failed", e);
        }
    }

    private void prepare(Cipher cipher, int mode, Binding binding, Place place, int length)
            throws GeneralSecurityException {
        Section section = place.section();
        nonceFields.putInt(4, section.number()).putInt(8, place.frame());
        aadFields
                .clear()
                .putShort((short) PackHeader.VERSION)
                .put((byte) binding.packClass())
                .put((byte) section.type())
                .putInt(section.number())
                .putInt(place.frame())
                .putInt(place.last() ? 1 << 24 : 0)
                .putInt(length)
                .put(binding.headerHash());
        cipher.init(mode, binding.key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(aad);
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no AES-GCM", e);
        }
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }
}
