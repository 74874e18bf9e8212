package org.cranny.protocol.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Arrays;
import java.util.HexFormat;
import org.cranny.protocol.octets.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeysTest {
    private static final int POINT = 65;
    private static final byte[] EC_PUBLIC_KEY = HexFormat.of().parseHex("06072a8648ce3d0201");
    private static final byte[] PRIME_FIELD = HexFormat.of().parseHex("06072a8648ce3d0101");

    @Test
    void aKeyOnP256ComesBackAsItIs() throws Exception {
        PublicKey key = key("secp256r1");
        assertEquals(key, PublicKeys.p256(key.getEncoded()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp384r1", "secp521r1"})
    void aKeyOnALargerCurveIsRefused(String curve) throws Exception {
        byte[] other = key(curve).getEncoded();
        assertThrows(MalformedException.class, () -> PublicKeys.p256(other));
    }

    @Test
    void aKeyOnAnotherCurveOf256BitsIsRefused() {
        byte[] secp256k1 = HexFormat.of()
                .parseHex("3056301006072a8648ce3d020106052b8104000a03420004"
                        + "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
                        + "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8");
        assertThrows(MalformedException.class, () -> PublicKeys.p256(secp256k1));
    }

    @Test
    void aKeyThatSpellsItsCurveOutIsRefused() throws Exception {
        ECPublicKey key = key("secp256r1");
        ECParameterSpec p256 = key.getParams();
        assertThrows(MalformedException.class, () -> PublicKeys.p256(spelledOut(key, p256.getGenerator())));
        assertThrows(MalformedException.class, () -> PublicKeys.p256(spelledOut(key, key.getW())));
    }

    @Test
    void aPointThatIsNotOnTheCurveIsRefused() throws Exception {
        byte[] aside = key("secp256r1").getEncoded();
        aside[aside.length - 1] ^= 1;
        assertThrows(MalformedException.class, () -> PublicKeys.p256(aside));
        Arrays.fill(aside, aside.length - POINT + 1, aside.length, (byte) 0);
        assertThrows(MalformedException.class, () -> PublicKeys.p256(aside));
    }

    /** The same point by another number: a key has one encoding. */
    @Test
    void aCoordinateBeyondTheFieldIsRefused() {
        byte[] shifted = HexFormat.of()
                .parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004"
                        + "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"
                        + "66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4");
        assertThrows(MalformedException.class, () -> PublicKeys.p256(shifted));
    }

    @Test
    void thePointAtInfinityIsRefused() {
        byte[] infinity = HexFormat.of().parseHex("3019301306072a8648ce3d020106082a8648ce3d03010703020000");
        assertThrows(MalformedException.class, () -> PublicKeys.p256(infinity));
    }

    private static ECPublicKey key(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return (ECPublicKey) generator.generateKeyPair().getPublic();
    }

    /** The same key, with all numbers of the curve instead of its name (RFC 3279, section 2.3.5). */
    private static byte[] spelledOut(ECPublicKey key, ECPoint generator) {
        ECParameterSpec p256 = key.getParams();
        BigInteger prime = ((ECFieldFp) p256.getCurve().getField()).getP();
        byte[] field = der(0x30, PRIME_FIELD, number(prime));
        byte[] curve = der(
                0x30,
                der(0x04, octets(p256.getCurve().getA())),
                der(0x04, octets(p256.getCurve().getB())));
        byte[] parameters = der(
                0x30,
                number(BigInteger.ONE),
                field,
                curve,
                der(0x04, point(generator)),
                number(p256.getOrder()),
                number(BigInteger.ONE));
        return der(0x30, der(0x30, EC_PUBLIC_KEY, parameters), der(0x03, new byte[1], point(key.getW())));
    }

    private static byte[] point(ECPoint point) {
        return join(new byte[] {4}, octets(point.getAffineX()), octets(point.getAffineY()));
    }

    private static byte[] octets(BigInteger number) {
        byte[] octets = new byte[32];
        byte[] signed = number.toByteArray();
        int length = Math.min(signed.length, octets.length);
        System.arraycopy(signed, signed.length - length, octets, octets.length - length, length);
        return octets;
    }

    private static byte[] number(BigInteger number) {
        return der(0x02, number.toByteArray());
    }

    private static byte[] der(int tag, byte[]... parts) {
        byte[] content = join(parts);
        byte[] length = BigInteger.valueOf(content.length).toByteArray();
        if (content.length < 0x80) {
            return join(new byte[] {(byte) tag}, length, content);
        }
        byte[] shortest = length[0] == 0 ? Arrays.copyOfRange(length, 1, length.length) : length;
        return join(new byte[] {(byte) tag, (byte) (0x80 | shortest.length)}, shortest, content);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
