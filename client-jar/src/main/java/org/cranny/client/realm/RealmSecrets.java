package org.cranny.client.realm;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import org.cranny.engine.keys.KeysUnreadableException;
import org.cranny.engine.keys.PassphraseSeal;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;
import org.cranny.protocol.signing.Signed;

/**
 * The private keys that speak for a realm, in memory while they are used. On disk they are sealed with a passphrase:
 * {@code own-realm/authority}, of {@link PassphraseSeal} with the magic {@code CRNYRA 0001}; inside, as byte strings, the
 * authority's certificate, then PKCS#8 and SubjectPublicKeyInfo of the authority's key (P-256), of the grant,
 * master-file and catalogue keys (Ed25519), and of the escrow and browse keys (X25519).
 */
record RealmSecrets(
        X509Certificate certificate,
        KeyPair authority,
        KeyPair grant,
        KeyPair masterFile,
        KeyPair catalogue,
        KeyPair escrow,
        KeyPair browse) {
    private static final PassphraseSeal SEAL = new PassphraseSeal("CRNYRA\0\1");
    private static final byte[] NOTHING_BOUND = {};
    private static final String[] ALGORITHMS = {"EC", "Ed25519", "Ed25519", "Ed25519", "X25519", "X25519"};

    static RealmSecrets draw(SecureRandom random, Instant now) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair authority = generator.generateKeyPair();
            return new RealmSecrets(
                    new Certificates(random).authority(authority, now),
                    authority,
                    pair("Ed25519"),
                    pair("Ed25519"),
                    pair("Ed25519"),
                    pair("X25519"),
                    pair("X25519"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has not all kinds of keys", e);
        }
    }

    private static KeyPair pair(String algorithm) throws GeneralSecurityException {
        return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    }

    RealmId realm() {
        return RealmId.of(certificate.getPublicKey());
    }

    /** The public halves, signed by the authority. */
    Signed publicKeys(Instant now) {
        return new RealmKeys(
                        realm(),
                        now,
                        grant.getPublic(),
                        masterFile.getPublic(),
                        catalogue.getPublic(),
                        escrow.getPublic(),
                        browse.getPublic())
                .sign(authority.getPrivate());
    }

    /** @throws IllegalArgumentException when the passphrase is too short */
    byte[] seal(char[] passphrase, SecureRandom random) throws IOException {
        byte[] plain = encode();
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        try (OutputStream out = SEAL.seal(sealed, NOTHING_BOUND, passphrase, random)) {
            out.write(plain);
        }
        Arrays.fill(plain, (byte) 0);
        return sealed.toByteArray();
    }

    /** @throws KeysUnreadableException when the passphrase is wrong */
    static RealmSecrets open(byte[] sealed, char[] passphrase) throws IOException {
        byte[] plain;
        try (InputStream in = SEAL.open(new ByteArrayInputStream(sealed), NOTHING_BOUND, passphrase)) {
            plain = in.readAllBytes();
        }
        try {
            return decode(plain);
        } catch (MalformedException | GeneralSecurityException e) {
            throw new RealmException("The realm's keys cannot be read: " + e.getMessage() + ".", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private byte[] encode() throws IOException {
        try {
            OctetWriter out = new OctetWriter().bytes(certificate.getEncoded());
            for (KeyPair pair : new KeyPair[] {authority, grant, masterFile, catalogue, escrow, browse}) {
                out.bytes(pair.getPrivate().getEncoded()).bytes(pair.getPublic().getEncoded());
            }
            return out.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static RealmSecrets decode(byte[] plain) throws MalformedException, GeneralSecurityException {
        OctetReader in = new OctetReader(plain);
        X509Certificate certificate = Certificates.read(in.bytes());
        KeyPair[] pairs = new KeyPair[ALGORITHMS.length];
        for (int i = 0; i < pairs.length; i++) {
            KeyFactory factory = KeyFactory.getInstance(ALGORITHMS[i]);
            var privateKey = factory.generatePrivate(new PKCS8EncodedKeySpec(in.bytes()));
            PublicKey publicKey = factory.generatePublic(new X509EncodedKeySpec(in.bytes()));
            pairs[i] = new KeyPair(publicKey, privateKey);
        }
        in.end();
        return new RealmSecrets(certificate, pairs[0], pairs[1], pairs[2], pairs[3], pairs[4], pairs[5]);
    }

    @Override
    public String toString() {
        return "RealmSecrets[redacted]";
    }
}
