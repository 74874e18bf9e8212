package org.cranny.protocol.signing;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.security.spec.X509EncodedKeySpec;
import org.cranny.protocol.octets.MalformedException;

/** Reads public keys from their SubjectPublicKeyInfo, and gives the fingerprint by which documents name them. */
public final class PublicKeys {
    private static final ECParameterSpec P256 = secp256r1();

    private PublicKeys() {}

    public static PublicKey ed25519(byte[] subjectPublicKeyInfo) throws MalformedException {
        return read("Ed25519", subjectPublicKeyInfo);
    }

    /** @throws MalformedException also when it is of another curve, or no point of this one */
    public static PublicKey p256(byte[] subjectPublicKeyInfo) throws MalformedException {
        PublicKey key = read("EC", subjectPublicKeyInfo);
        if (key instanceof ECPublicKey ec && isP256(ec.getParams()) && isOn(P256.getCurve(), ec.getW())) {
            return key;
        }
        throw new MalformedException("it is not a P-256 public key");
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

    private static ECParameterSpec secp256r1() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isP256(ECParameterSpec curve) {
        return curve.getCurve().equals(P256.getCurve())
                && curve.getGenerator().equals(P256.getGenerator())
                && curve.getOrder().equals(P256.getOrder())
                && curve.getCofactor() == P256.getCofactor();
    }

    /** y² = x³ + ax + b, with coordinates below the prime (SEC 1, section 3.2.2.1). */
    private static boolean isOn(EllipticCurve curve, ECPoint point) {
        if (point.equals(ECPoint.POINT_INFINITY)) {
            return false;
        }
        BigInteger prime = ((ECFieldFp) curve.getField()).getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        return x.compareTo(prime) < 0
                && y.compareTo(prime) < 0
                && x.multiply(x)
                        .add(curve.getA())
                        .multiply(x)
                        .add(curve.getB())
                        .mod(prime)
                        .equals(y.multiply(y).mod(prime));
    }

    private static PublicKey read(String algorithm, byte[] encoded) throws MalformedException {
        try {
            return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new MalformedException("it is not an " + algorithm + " public key");
        }
    }
}
