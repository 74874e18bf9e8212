package org.cranny.central.authority;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/** Makes key pairs and keeps them as two PEM blocks. */
final class KeyPairs {
    static final String ED25519 = "Ed25519";
    static final String X25519 = "X25519";
    private static final int RSA_BITS = 3072;

    private KeyPairs() {}

    static KeyPair p256() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For signing programs: what starts them from a link (IcedTea-Web 1.8) knows no signature by elliptic curves. */
    static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair make(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String pem(KeyPair pair) {
        return Pem.write("PRIVATE KEY", pair.getPrivate().getEncoded())
                + Pem.write("PUBLIC KEY", pair.getPublic().getEncoded());
    }

    static KeyPair read(String algorithm, String pem) throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance(algorithm);
        return new KeyPair(
                factory.generatePublic(new X509EncodedKeySpec(Pem.read("PUBLIC KEY", pem))),
                factory.generatePrivate(new PKCS8EncodedKeySpec(Pem.read("PRIVATE KEY", pem))));
    }
}
