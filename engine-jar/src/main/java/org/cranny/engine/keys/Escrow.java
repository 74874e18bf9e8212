package org.cranny.engine.keys;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.cranny.protocol.id.SystemId;

/**
 * Hands keys to somebody who may open them later, and to no one on the way: HPKE (RFC 9180, base mode, X25519,
 * HKDF-SHA256, AES-256-GCM), bound to the source.
 *
 * <p>Public keys are 32 octets, private keys {@link Secret}s of 32. Sealed keys are the encapsulated key (32 octets) and
 * then the ciphertext. Base mode proves nothing about who sealed: the caller knows that from the connection.
 * Format: {@code docs/format/keys.md}. Thread-safe.
 */
public final class Escrow {
    private static final int KEY_LENGTH = 32;
    private static final byte[] NOTHING = {};
    private static final String RING_LABEL = "cranny 1 escrow";
    private static final String BROWSE_LABEL = "cranny 1 browse";
    private static final String DUMP_LABEL = "cranny 1 dump";
    private static final String SHARE_LABEL = "cranny 1 share";
    private static final String FORMER_LABEL = "cranny 1 former";

    private Escrow() {}

    /** An escrow key and its public half. */
    public record KeyPair(byte[] publicKey, Secret privateKey) {
        @Override
        public String toString() {
            return "KeyPair[redacted]";
        }
    }

    /** Draws a fresh key pair. */
    public static KeyPair draw() {
        HPKE hpke = hpke();
        AsymmetricCipherKeyPair pair = hpke.generatePrivateKey();
        byte[] privateKey = hpke.serializePrivateKey(pair.getPrivate());
        try {
            return new KeyPair(hpke.serializePublicKey(pair.getPublic()), Secret.of(privateKey));
        } finally {
            Arrays.fill(privateKey, (byte) 0);
        }
    }

    /** Seals the whole ring to the realm's escrow key. */
    public static byte[] sealRing(KeyRing ring, byte[] escrowKey) {
        byte[] plaintext = ring.encode();
        try {
            return seal(plaintext, escrowKey, info(RING_LABEL, ring.source()));
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    /** Opens a ring that was sealed for this source. */
    public static KeyRing openRing(byte[] sealed, Secret escrowPrivateKey, SystemId source)
            throws KeysUnreadableException {
        byte[] plaintext = open(sealed, escrowPrivateKey, info(RING_LABEL, source));
        try {
            KeyRing ring = KeyRing.decode(plaintext);
            if (!ring.source().equals(source)) {
                throw new KeysUnreadableException("the escrowed key ring belongs to another source");
            }
            return ring;
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    /** Seals the browse keys to the realm's browse key. */
    public static byte[] sealBrowse(BrowseKeys keys, byte[] browseKey) {
        byte[] plaintext = keys.encode();
        try {
            return seal(plaintext, browseKey, info(BROWSE_LABEL, keys.source()));
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    /** Opens browse keys that were sealed for this source. */
    public static BrowseKeys openBrowse(byte[] sealed, Secret browsePrivateKey, SystemId source)
            throws KeysUnreadableException {
        byte[] plaintext = open(sealed, browsePrivateKey, info(BROWSE_LABEL, source));
        try {
            return BrowseKeys.decode(source, plaintext);
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    /** A key for one stream, in clear and sealed. */
    public record DumpKey(Secret key, byte[] sealed) {
        @Override
        public String toString() {
            return "DumpKey[redacted]";
        }
    }

    /** Draws a key for one dump of central's state; only the escrow key opens it again. The caller destroys it. */
    public static DumpKey drawDumpKey(SystemId central, byte[] escrowKey, SecureRandom random) {
        Secret key = Secret.draw(random, KEY_LENGTH);
        byte[] plaintext = key.bytes();
        try {
            return new DumpKey(key, seal(plaintext, escrowKey, info(DUMP_LABEL, central)));
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    /** Opens the key of a dump that this central made. */
    public static Secret openDumpKey(byte[] sealed, Secret escrowPrivateKey, SystemId central)
            throws KeysUnreadableException {
        byte[] plaintext = open(sealed, escrowPrivateKey, info(DUMP_LABEL, central));
        try {
            if (plaintext.length != KEY_LENGTH) {
                throw new KeysUnreadableException("the key of the dump is damaged");
            }
            return Secret.of(plaintext);
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    /** Seals a share of a key to the person who shall keep it. @param officerKey public */
    public static byte[] sealShare(KeyShare share, byte[] officerKey) {
        byte[] plaintext = share.encode();
        try {
            return seal(plaintext, officerKey, Derivations.ascii(SHARE_LABEL));
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    /** Opens a share that was sealed to this person. */
    public static KeyShare openShare(byte[] sealed, Secret officerPrivateKey) throws KeysUnreadableException {
        byte[] plaintext = open(sealed, officerPrivateKey, Derivations.ascii(SHARE_LABEL));
        try {
            return KeyShare.decode(plaintext);
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    /** Seals a former escrow key to the one that takes its place: whoever opens this one opens what was before too. */
    public static byte[] sealFormerKey(Secret former, byte[] escrowKey) {
        byte[] plaintext = former.bytes();
        try {
            return seal(plaintext, escrowKey, Derivations.ascii(FORMER_LABEL));
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    /** Opens the escrow key that this one took the place of. */
    public static Secret openFormerKey(byte[] sealed, Secret escrowPrivateKey) throws KeysUnreadableException {
        byte[] plaintext = open(sealed, escrowPrivateKey, Derivations.ascii(FORMER_LABEL));
        try {
            if (plaintext.length != KEY_LENGTH) {
                throw new KeysUnreadableException("the former escrow key is damaged");
            }
            return Secret.of(plaintext);
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    /** Whether this private key belongs to this public key. */
    public static boolean isKeyOf(Secret privateKey, byte[] publicKey) {
        return Arrays.equals(publicKeyOf(privateKey), publicKey);
    }

    /** The public half, 32 octets. */
    public static byte[] publicKeyOf(Secret privateKey) {
        byte[] octets = privateKey.bytes();
        try {
            return new X25519PrivateKeyParameters(octets, 0).generatePublicKey().getEncoded();
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private static byte[] seal(byte[] plaintext, byte[] publicKey, byte[] info) {
        HPKE hpke = hpke();
        try {
            byte[][] parts =
                    hpke.seal(hpke.deserializePublicKey(publicKey), info, NOTHING, plaintext, NOTHING, NOTHING, null);
            return ByteBuffer.allocate(parts[0].length + parts[1].length)
                    .put(parts[1])
                    .put(parts[0])
                    .array();
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("sealing keys failed", e);
        }
    }

    private static byte[] open(byte[] sealed, Secret privateKey, byte[] info) throws KeysUnreadableException {
        if (sealed.length < KEY_LENGTH) {
            throw new KeysUnreadableException("the sealed keys are cut short");
        }
        byte[] encapsulated = Arrays.copyOf(sealed, KEY_LENGTH);
        byte[] ciphertext = Arrays.copyOfRange(sealed, KEY_LENGTH, sealed.length);
        try {
            return hpke().open(encapsulated, pairOf(privateKey), info, NOTHING, ciphertext, NOTHING, NOTHING, null);
        } catch (InvalidCipherTextException | IllegalStateException | IllegalArgumentException e) {
            throw new KeysUnreadableException("the keys were sealed to another key or are damaged", e);
        }
    }

    private static AsymmetricCipherKeyPair pairOf(Secret privateKey) {
        byte[] octets = privateKey.bytes();
        X25519PrivateKeyParameters key = new X25519PrivateKeyParameters(octets, 0);
        Arrays.fill(octets, (byte) 0);
        return new AsymmetricCipherKeyPair(key.generatePublicKey(), key);
    }

    private static byte[] info(String label, SystemId source) {
        byte[] ascii = Derivations.ascii(label);
        return ByteBuffer.allocate(ascii.length + SystemId.OCTETS)
                .put(ascii)
                .put(source.tag())
                .array();
    }

    private static HPKE hpke() {
        return new HPKE(HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }
}
