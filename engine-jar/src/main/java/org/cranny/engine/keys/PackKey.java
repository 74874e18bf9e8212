package org.cranny.engine.keys;

import java.security.MessageDigest;
import javax.security.auth.Destroyable;

/**
 * The key of exactly one pack, with the commitment that stands in its header: whoever finds the commitment equal holds
 * the one key that the pack was sealed with.
 */
public final class PackKey implements Destroyable {
    public static final int COMMITMENT_LENGTH = 32;

    private final Secret key;
    private final byte[] commitment;

    PackKey(Secret key, byte[] commitment) {
        this.key = key;
        this.commitment = commitment;
    }

    /** The AES-256 key. */
    public Secret key() {
        return key;
    }

    /** A fresh copy of the 32 octets that the header shows. */
    public byte[] commitment() {
        return commitment.clone();
    }

    /** Compares in constant time. */
    public boolean committedBy(byte[] shown) {
        return MessageDigest.isEqual(commitment, shown);
    }

    @Override
    public void destroy() {
        key.destroy();
    }

    @Override
    public boolean isDestroyed() {
        return key.isDestroyed();
    }

    @Override
    public String toString() {
        return "PackKey[redacted]";
    }
}
