package org.cranny.protocol.signing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import org.cranny.protocol.octets.MalformedException;

/** Reads public keys from their SubjectPublicKeyInfo, and gives the fingerprint by which documents name them. */
public final class PublicKeys {
    private PublicKeys() {}

    public static PublicKey ed25519(byte[] subjectPublicKeyInfo) throws MalformedException {
        return read("Ed25519", subjectPublicKeyInfo);
    }

    public static PublicKey p256(byte[] subjectPublicKeyInfo) throws MalformedException {
        return read("EC", subjectPublicKeyInfo);
    }

    public static PublicKey x25519(byte[] subjectPublicKeyInfo) throws MalformedException {
        return read("X25519", subjectPublicKeyInfo);
    }

    /** SHA-256 of the SubjectPublicKeyInfo, 32 octets. */
    public static byte[] fingerprint(PublicKey key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PublicKey read(String algorithm, byte[] encoded) throws MalformedException {
        try {
            return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new MalformedException("it is not an " + algorithm + " public key");
        }
    }
}
