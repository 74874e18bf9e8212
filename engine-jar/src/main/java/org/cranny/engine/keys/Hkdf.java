package org.cranny.engine.keys;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF-SHA256, extract and expand, as in RFC 5869; an absent salt is 32 zero octets. */
final class Hkdf {
    private static final int HASH_LENGTH = 32;

    private Hkdf() {}

    static byte[] derive(Secret inputKey, byte[] salt, byte[] info, int length) {
        byte[] input = inputKey.bytes();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            byte[] pseudoRandomKey = mac(mac, salt.length == 0 ? new byte[HASH_LENGTH] : salt, input);
            byte[] output = expand(mac, pseudoRandomKey, info, length);
            Arrays.fill(pseudoRandomKey, (byte) 0);
            return output;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no HMAC-SHA256", e);
        } finally {
            Arrays.fill(input, (byte) 0);
        }
    }

    private static byte[] mac(Mac mac, byte[] key, byte[] message) throws GeneralSecurityException {
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    private static byte[] expand(Mac mac, byte[] key, byte[] info, int length) throws GeneralSecurityException {
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        byte[] output = new byte[length];
        byte[] block = new byte[0];
        for (int filled = 0, counter = 1; filled < length; filled += HASH_LENGTH, counter++) {
            mac.update(block);
            mac.update(info);
            mac.update((byte) counter);
            block = mac.doFinal();
            System.arraycopy(block, 0, output, filled, Math.min(HASH_LENGTH, length - filled));
        }
        Arrays.fill(block, (byte) 0);
        return output;
    }
}
