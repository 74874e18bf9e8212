package org.cranny.engine.snapshot;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.LabelKeys;
import org.cranny.engine.keys.Secret;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetWriter;

/**
 * Seals and opens labels ({@code docs/format/manifest.md}). Each sealing draws a salt and so has a key of its own:
 * two attempts at one version never share key and nonce.
 */
public final class LabelSeal {
    private static final int TAG_BITS = 128;
    private static final byte[] NONCE = new byte[12];
    private static final int SALT = 32;

    private LabelSeal() {}

    public static byte[] seal(Label label, KeyRing keys, SystemId source, long version, SecureRandom random) {
        int generation = keys.generation();
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        Secret key = keys.labelKey(generation, version).orElseThrow();
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, key, salt, source, version).doFinal(label.encode());
            return new OctetWriter().u32(generation).raw(salt).raw(sealed).toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the label cannot be sealed", e);
        } finally {
            key.destroy();
        }
    }

    public static Label open(byte[] sealed, LabelKeys keys, SystemId source, long version) throws MalformedException {
        if (sealed.length < 4 + SALT + TAG_BITS / 8) {
            throw new MalformedException("the label is too short");
        }
        Optional<Secret> key = keys.labelKey(ByteBuffer.wrap(sealed).getInt(), version);
        if (key.isEmpty()) {
            throw new MalformedException("the label was sealed with a key that is not here");
        }
        try {
            byte[] salt = Arrays.copyOfRange(sealed, 4, 4 + SALT);
            byte[] ciphertext = Arrays.copyOfRange(sealed, 4 + SALT, sealed.length);
            return Label.decode(cipher(Cipher.DECRYPT_MODE, key.get(), salt, source, version)
                    .doFinal(ciphertext));
        } catch (GeneralSecurityException e) {
            throw new MalformedException("the label's seal is broken");
        } finally {
            key.get().destroy();
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] salt, SystemId source, long version)
            throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(mac.doFinal(salt), "AES"), new GCMParameterSpec(TAG_BITS, NONCE));
        cipher.updateAAD(source.tag());
        cipher.updateAAD(new OctetWriter().u64(version).toByteArray());
        return cipher;
    }
}
