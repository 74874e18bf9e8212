package org.cranny.central.device;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import org.cranny.central.job.JobSeal;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.KeysUnreadableException;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;

/** The keys with which central acts for one device: of its certificate, and its key ring. To be destroyed after use. */
final class DeviceKeys implements AutoCloseable {
    private static final String PURPOSE = "device";

    private final PrivateKey key;
    private final KeyRing ring;

    DeviceKeys(PrivateKey key, KeyRing ring) {
        this.key = key;
        this.ring = ring;
    }

    static KeyPair drawPair(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no P-256", e);
        }
    }

    static DeviceKeys open(DeviceRow row, JobSeal seal) {
        byte[] octets = seal.open(row.salt(), PURPOSE, 0, row.secret());
        try {
            OctetReader in = new OctetReader(octets);
            PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(in.bytes()));
            byte[] ring = in.bytes();
            in.end();
            try {
                return new DeviceKeys(key, KeyRing.decode(ring));
            } finally {
                Arrays.fill(ring, (byte) 0);
            }
        } catch (MalformedException | GeneralSecurityException | KeysUnreadableException e) {
            throw new IllegalStateException("the keys of device " + row.system() + " are damaged", e);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    /** @param salt of this row alone */
    byte[] sealed(byte[] salt, JobSeal seal) {
        byte[] encoded = ring.encode();
        byte[] octets = new OctetWriter().bytes(key.getEncoded()).bytes(encoded).toByteArray();
        try {
            return seal.seal(salt, PURPOSE, 0, octets);
        } finally {
            Arrays.fill(octets, (byte) 0);
            Arrays.fill(encoded, (byte) 0);
        }
    }

    PrivateKey key() {
        return key;
    }

    KeyRing ring() {
        return ring;
    }

    static List<X509Certificate> certificates(List<String> pems) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            X509Certificate[] chain = new X509Certificate[pems.size()];
            for (int i = 0; i < chain.length; i++) {
                byte[] octets = pems.get(i).getBytes(StandardCharsets.US_ASCII);
                chain[i] = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(octets));
            }
            return List.of(chain);
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate that this realm issued cannot be read", e);
        }
    }

    @Override
    public void close() {
        ring.destroy();
    }

    @Override
    public String toString() {
        return "DeviceKeys[redacted]";
    }
}
