package org.cranny.engine.keys;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * Keeps key material from being printed, serialised or compared in variable time, and forgets it on request.
 *
 * <p>After {@link #destroy()} every use throws {@link IllegalStateException}. Usable wherever the JDK asks for a
 * {@link SecretKey}.
 */
public final class Secret implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final transient byte[] octets;
    private transient volatile boolean destroyed;

    private Secret(byte[] octets) {
        this.octets = octets;
    }

    /** Copies the octets; the caller wipes its own copy. */
    public static Secret of(byte[] octets) {
        return new Secret(octets.clone());
    }

    /** Copies a part of an array. */
    static Secret of(byte[] octets, int offset, int length) {
        return new Secret(Arrays.copyOfRange(octets, offset, offset + length));
    }

    /** Draws fresh octets. */
    static Secret draw(SecureRandom random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return new Secret(octets);
    }

    /** A fresh copy, which the caller wipes after use. */
    public byte[] bytes() {
        if (destroyed) {
            throw new IllegalStateException("this key was destroyed");
        }
        return octets.clone();
    }

    Secret copy() {
        return new Secret(bytes());
    }

    @Override
    public void destroy() {
        destroyed = true;
        Arrays.fill(octets, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public String getAlgorithm() {
        return "AES";
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        return bytes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return octets.length;
    }

    @Override
    public String toString() {
        return "Secret[redacted]";
    }

    private void writeObject(java.io.ObjectOutputStream out) throws java.io.IOException {
        throw new java.io.NotSerializableException("keys are never serialised");
    }

    private void readObject(java.io.ObjectInputStream in) throws java.io.IOException {
        throw new java.io.NotSerializableException("keys are never serialised");
    }
}
