package org.cranny.protocol.id;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Names all that trusts one authority: the first 8 octets of the SHA-256 of the authority's public key.
 *
 * @param hex 16 lower-case hexadecimal digits
 */
public record RealmId(String hex) {
    public RealmId {
        if (hex == null || !hex.matches("[0-9a-f]{16}")) {
            throw new IllegalArgumentException("a realm id is 16 lower-case hexadecimal digits: " + hex);
        }
    }

    public static RealmId of(PublicKey authority) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(authority.getEncoded());
            return of(Arrays.copyOf(digest, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static RealmId of(byte[] eightOctets) {
        return new RealmId(HexFormat.of().formatHex(eightOctets));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
