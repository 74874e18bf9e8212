package org.cranny.central.authority;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;

/**
 * The escrow key pair: its private half opens only with the escrow passphrase. Layout, in octets: magic
 * {@code CRNYEK 0001}, Argon2id memory in KiB (u32), passes (u32), lanes (u8), salt (16), public key (bytes), then the
 * private key (PKCS#8) sealed with AES-256-GCM (bytes); nonce zero, since the key is derived from a fresh salt and used
 * once; everything before the sealed part is additional data.
 */
final class SealedKey {
    private static final byte[] MAGIC = "CRNYEK\0\1".getBytes(StandardCharsets.ISO_8859_1);
    private static final int MEMORY_KIB = 65_536;
    private static final int PASSES = 3;
    private static final int LANES = 1;
    private static final int MOST_MEMORY_KIB = 1 << 20;
    private static final int MOST_PASSES = 64;
    private static final int SALT_OCTETS = 16;
    private static final int TAG_OCTETS = 16;

    private SealedKey() {}

    static byte[] seal(KeyPair pair, char[] passphrase, SecureRandom random) {
        return seal(pair, passphrase, random, MEMORY_KIB, PASSES);
    }

    /** As {@link #seal(KeyPair, char[], SecureRandom)}, where deriving the key costs this much. */
    static byte[] seal(KeyPair pair, char[] passphrase, SecureRandom random, int memoryKib, int passes) {
        byte[] salt = new byte[SALT_OCTETS];
        random.nextBytes(salt);
        byte[] head = new OctetWriter()
                .raw(MAGIC)
                .u32(memoryKib)
                .u32(passes)
                .u8(LANES)
                .raw(salt)
                .bytes(pair.getPublic().getEncoded())
                .toByteArray();
        byte[] key = derive(passphrase, salt, memoryKib, passes, LANES);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, head)
                    .doFinal(pair.getPrivate().getEncoded());
            return new OctetWriter().raw(head).bytes(sealed).toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** The public half, as it stands there; opening proves it. */
    static byte[] publicKey(byte[] octets) throws MalformedException {
        OctetReader in = new OctetReader(octets).expect(MAGIC);
        in.raw(4 + 4 + 1 + SALT_OCTETS);
        return in.bytes();
    }

    /** @throws GeneralSecurityException when the passphrase is wrong or an octet was changed */
    static KeyPair open(byte[] octets, char[] passphrase) throws MalformedException, GeneralSecurityException {
        OctetReader in = new OctetReader(octets).expect(MAGIC);
        long memory = in.u32();
        long passes = in.u32();
        int lanes = in.u8();
        if (memory < 8 || memory > MOST_MEMORY_KIB || passes < 1 || passes > MOST_PASSES || lanes < 1) {
            throw new MalformedException("the key's derivation is out of bounds");
        }
        requireRoom(memory, Runtime.getRuntime().maxMemory());
        byte[] salt = in.raw(SALT_OCTETS);
        byte[] spki = in.bytes();
        byte[] head = Arrays.copyOf(octets, octets.length - in.remaining());
        byte[] sealed = in.bytes();
        in.end();
        if (sealed.length < TAG_OCTETS) {
            throw new MalformedException("the key ends within its seal");
        }
        byte[] key = derive(passphrase, salt, (int) memory, (int) passes, lanes);
        byte[] pkcs8 = cipher(Cipher.DECRYPT_MODE, key, head).doFinal(sealed);
        KeyFactory factory = KeyFactory.getInstance(KeyPairs.X25519);
        return new KeyPair(
                factory.generatePublic(new X509EncodedKeySpec(spki)),
                factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    }

    /** A quarter of the heap is for others. @param heap octets */
    static void requireRoom(long memoryKib, long heap) throws MalformedException {
        if (memoryKib > (heap >> 10) / 4 * 3) {
            throw new MalformedException("to open the key takes " + (memoryKib >> 10)
                    + " MiB of memory, more than three quarters of what this program may have");
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] head) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_OCTETS * Byte.SIZE, new byte[12]));
        cipher.updateAAD(head);
        return cipher;
    }

    private static byte[] derive(char[] passphrase, byte[] salt, int memoryKib, int passes, int lanes) {
        Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build();
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(parameters);
        byte[] key = new byte[32];
        generator.generateBytes(passphrase, key);
        return key;
    }
}
