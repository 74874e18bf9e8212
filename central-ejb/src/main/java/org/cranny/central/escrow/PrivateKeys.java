package org.cranny.central.escrow;

import java.security.PrivateKey;
import java.security.interfaces.XECPrivateKey;
import java.util.Arrays;
import org.cranny.engine.keys.Secret;

/** The octets of a private key, as the engine takes them. */
public final class PrivateKeys {
    private PrivateKeys() {}

    /** The caller destroys it. */
    public static Secret x25519(PrivateKey key) {
        byte[] octets = ((XECPrivateKey) key).getScalar().orElseThrow();
        try {
            return Secret.of(octets);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }
}
