package org.cranny.engine.sealing;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The frames of one sealed stream. Nonce: number of the frame; additional data: SHA-256 of the header, and 1 for the
 * last frame, else 0. One key seals one stream.
 */
final class StreamCipher {
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 8 * Frames.TAG;

    private final SecretKey key;
    private final byte[] headerHash;
    private final Cipher cipher;
    private final int mode;
    private long frame;

    StreamCipher(int mode, SecretKey key, byte[] header) {
        try {
            this.mode = mode;
            this.key = key;
            headerHash = MessageDigest.getInstance("SHA-256").digest(header);
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no AES-GCM or no SHA-256", e);
        }
    }

    /** Turns the next frame around. @return how many octets came out */
    int next(byte[] in, int length, boolean last, byte[] out) throws SealBrokenException {
        byte[] nonce = ByteBuffer.allocate(NONCE_LENGTH)
                .putLong(NONCE_LENGTH - Long.BYTES, frame)
                .array();
        try {
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(headerHash);
            cipher.updateAAD(new byte[] {(byte) (last ? 1 : 0)});
            frame++;
            return cipher.doFinal(in, 0, length, out, 0);
        } catch (AEADBadTagException e) {
            throw new SealBrokenException("the seal is broken in frame " + (frame - 1) + ", or it was cut there");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the frame cannot be turned around", e);
        }
    }
}
