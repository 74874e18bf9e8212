package org.cranny.central.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.cranny.central.authority.Authority;

/**
 * Seals what rows of jobs and recoveries say about files, so that whoever has the database alone reads no names. The key
 * of a row and a purpose is an HMAC, under a secret of the realm, of the row's random salt and the purpose; the nonce is the number
 * of the page, and a page is sealed once.
 */
@ApplicationScoped
public class JobSeal {
    static final String ORDER = "order";
    static final String PATHS = "paths";
    static final String OUTCOME = "outcome";

    private static final int SALT = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final byte[] PURPOSE = "cranny 1 jobs".getBytes(StandardCharsets.US_ASCII);

    private final Authority authority;
    private final SecureRandom random;

    protected JobSeal() {
        this(null, null);
    }

    @Inject
    public JobSeal(Authority authority, SecureRandom random) {
        this.authority = authority;
        this.random = random;
    }

    /** A fresh salt, one for each row. */
    public byte[] salt() {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        return salt;
    }

    /** @param page no two of a salt and a purpose have the same number */
    public byte[] seal(byte[] salt, String purpose, int page, byte[] octets) {
        return crypt(Cipher.ENCRYPT_MODE, salt, purpose, page, octets);
    }

    /** What {@link #seal} sealed. */
    public byte[] open(byte[] salt, String purpose, int page, byte[] octets) {
        return crypt(Cipher.DECRYPT_MODE, salt, purpose, page, octets);
    }

    private byte[] crypt(int mode, byte[] salt, String purpose, int page, byte[] octets) {
        try {
            byte[] secret = mac(PURPOSE, authority.masterFileKey().getEncoded());
            byte[] key = mac(secret, salt, purpose.getBytes(StandardCharsets.US_ASCII));
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            byte[] nonce = ByteBuffer.allocate(NONCE)
                    .putInt(NONCE - Integer.BYTES, page)
                    .array();
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(PURPOSE);
            return cipher.doFinal(octets);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("what is kept of a job cannot be read with this realm's keys", e);
        }
    }

    private static byte[] mac(byte[] key, byte[]... parts) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }
}
