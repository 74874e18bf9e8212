package org.cranny.engine.snapshot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
import org.cranny.engine.keys.Secret;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;
import org.cranny.protocol.signing.Signed;

/**
 * A small fragment that leads to a snapshot: its manifest and the list of hosts of that time, sealed, so that whoever has
 * the keys and can ask one host finds backups that he has not heard of. Each is sealed with a key of its own. Octets:
 * {@code docs/format/signpost.md}.
 *
 * @param manifest as it was signed
 * @param masterFile as text, empty where it was not known
 */
public record Signpost(Signed manifest, String masterFile) {
    /** What must be read to know whose it is and how new. */
    public static final int HEAD = 68;

    /** The longest that is believed to be one. */
    public static final int LONGEST = 64 << 20;

    private static final byte[] MAGIC = "CRNYSP\0\1".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] PURPOSE = "signpost".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT = 32;
    private static final int TAG = 16;
    private static final int STEP = 1_024;
    private static final int OFF_STEP = 512;

    /** Whether a fragment of this length can be one; packs never have such lengths. */
    public static boolean isOne(long length) {
        return length % STEP == OFF_STEP && length <= LONGEST;
    }

    /** What its first octets tell. @param version of the snapshot */
    public record Head(SystemId source, long version) {
        /** Empty when these octets begin something else. */
        public static Optional<Head> read(byte[] octets) {
            try {
                OctetReader in = new OctetReader(Arrays.copyOf(octets, HEAD)).expect(MAGIC);
                return Optional.of(new Head(SystemId.read(in), in.u64()));
            } catch (MalformedException e) {
                return Optional.empty();
            }
        }
    }

    public byte[] seal(KeyRing keys, SystemId source, long version, SecureRandom random) {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        int generation = keys.generation();
        OctetWriter head = new OctetWriter(HEAD).raw(MAGIC);
        source.write(head);
        byte[] bound = head.u64(version).u32(generation).raw(salt).toByteArray();
        byte[] plain = new OctetWriter()
                .bytes(manifest.bytes())
                .bytes(masterFile.getBytes(StandardCharsets.UTF_8))
                .toByteArray();
        int end = HEAD + TAG + plain.length;
        int padding = Math.floorMod(OFF_STEP - end, STEP);
        Secret key = keys.labelKey(generation, version).orElseThrow();
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, key, salt, bound).doFinal(Arrays.copyOf(plain, plain.length + padding));
            return new OctetWriter(HEAD + sealed.length).raw(bound).raw(sealed).toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the signpost cannot be sealed", e);
        } finally {
            key.destroy();
        }
    }

    /** @throws MalformedException when it is another source's, was altered, or these keys do not open it */
    public static Signpost open(byte[] octets, KeyRing keys, SystemId source) throws MalformedException {
        Head head = Head.read(octets).orElseThrow(() -> new MalformedException("it is no signpost"));
        if (!head.source().equals(source) || octets.length < HEAD + TAG) {
            throw new MalformedException("the signpost is another source's, or too short");
        }
        byte[] bound = Arrays.copyOf(octets, HEAD);
        int generation = ByteBuffer.wrap(octets).getInt(HEAD - SALT - Integer.BYTES);
        Optional<Secret> key = keys.labelKey(generation, head.version());
        if (key.isEmpty()) {
            throw new MalformedException(
                    "the signpost was sealed with keys that are not here, of generation " + generation);
        }
        byte[] salt = Arrays.copyOfRange(octets, HEAD - SALT, HEAD);
        try {
            OctetReader in = new OctetReader(
                    cipher(Cipher.DECRYPT_MODE, key.get(), salt, bound).doFinal(octets, HEAD, octets.length - HEAD));
            Signed manifest = Signed.parse(in.bytes());
            return new Signpost(manifest, new String(in.bytes(), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new MalformedException("the signpost's seal is broken");
        } finally {
            key.get().destroy();
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] salt, byte[] bound) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
        mac.update(PURPOSE);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode, new SecretKeySpec(mac.doFinal(salt), "AES"), new GCMParameterSpec(TAG * Byte.SIZE, new byte[12]));
        cipher.updateAAD(bound);
        return cipher;
    }
}
