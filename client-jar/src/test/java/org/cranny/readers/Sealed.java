package org.cranny.readers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.cranny.protocol.readers.Texts;

/** Checksums and seals, made anew. */
public final class Sealed {
    public static final char[] PASSPHRASE = "correct horse battery staple".toCharArray();

    private static final int MEMORY_KIB = 8;

    private Sealed() {}

    /** The octets, then their SHA-256. */
    public static byte[] withSha256(byte[] octets) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(octets);
            return Texts.join(octets, digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As {@code docs/format/passphrase.md} has it, in one frame, with a key derivation that takes no time. */
    public static byte[] withPassphrase(String magic, byte[] bound, byte[] plain) throws IOException {
        byte[] head = ByteBuffer.allocate(33)
                .put(magic.getBytes(StandardCharsets.ISO_8859_1))
                .putInt(MEMORY_KIB)
                .putInt(1)
                .put((byte) 1)
                .array();
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(MEMORY_KIB)
                .withIterations(1)
                .withParallelism(1)
                .withSalt(new byte[16])
                .build());
        byte[] key = new byte[32];
        generator.generateBytes(PASSPHRASE, key);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            byte[] nonce = ByteBuffer.allocate(12).putInt(8, 1).array();
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
            cipher.updateAAD(head);
            cipher.updateAAD(bound);
            return Texts.join(head, cipher.doFinal(plain));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
