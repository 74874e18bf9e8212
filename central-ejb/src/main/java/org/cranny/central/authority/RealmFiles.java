package org.cranny.central.authority;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.PublicKeys;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.tls.MachineIdentity;

/**
 * The realm's keys in central's home: made once, each only when it is missing, so that an interrupted set-up goes on
 * where it stopped. {@code authority.p12}, {@code keys/*.pem}, {@code escrow.key} or {@code escrow.split},
 * {@code realm-keys}, passwords in {@code secrets/}.
 */
final class RealmFiles {
    static final String AUTHORITY = "authority";
    static final String SERVER = "server";
    private static final String CODE_SIGNER = "code-signer";
    private static final Duration CODE_SIGNER_LIFE = Duration.ofDays(365);
    private static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);
    private static final String REALM_KEYS = "realm-keys";
    private static final String ESCROW = "escrow.key";
    private static final String SPLIT = "escrow.split";
    private static final String NEXT_SPLIT = "escrow.split.next";
    private static final String RESCUE = "dumps/rescue.txt";

    private final HomeFolder home;
    private final SecureRandom random;

    RealmFiles(HomeFolder home, SecureRandom random) {
        this.home = home;
        this.random = random;
    }

    /** Also when its private half is with the recovery officers alone. */
    boolean hasEscrowKey() {
        return home.has(ESCROW) || home.has(SPLIT);
    }

    /** @param next the split whose officers have not all shown their shares yet, else the one that holds */
    Optional<EscrowSplit> escrowSplit(boolean next) throws IOException {
        String file = next ? NEXT_SPLIT : SPLIT;
        if (!home.has(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(EscrowSplit.read(home.readText(file).lines().toList()));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException(home.path(file) + " is damaged: " + e.getMessage(), e);
        }
    }

    void keepNextSplit(EscrowSplit split) throws IOException {
        home.write(NEXT_SPLIT, split.text());
    }

    /** The next split holds from now on, and the private escrow key is not in this home any more. */
    void completeSplit() throws IOException {
        home.move(NEXT_SPLIT, SPLIT);
        wipeEscrowKey();
    }

    /** Signs the realm's keys anew when the split that holds is of another escrow key than they name. */
    void followSplit(Instant now) throws IOException, GeneralSecurityException, MalformedException {
        String key = escrowSplit(false).map(EscrowSplit::publicKey).orElse(null);
        if (key == null) {
            return;
        }
        KeyStore store = open(AUTHORITY);
        PublicKey authority = store.getCertificate(AUTHORITY).getPublicKey();
        RealmKeys keys = RealmKeys.open(Signed.parse(home.readText(REALM_KEYS)), authority);
        PublicKey escrow = PublicKeys.x25519(encoded(Base64.getDecoder().decode(key)));
        if (!keys.escrow().equals(escrow)) {
            Instant issued = now.isAfter(keys.issued()) ? now : keys.issued();
            RealmKeys next = new RealmKeys(
                    keys.realm(),
                    issued.plusSeconds(1),
                    keys.grant(),
                    keys.masterFile(),
                    keys.catalogue(),
                    escrow,
                    keys.browse());
            home.write(REALM_KEYS, next.sign(privateKey(store, AUTHORITY)).text());
        }
    }

    /** A raw X25519 key as SubjectPublicKeyInfo. */
    private static byte[] encoded(byte[] raw) throws IOException {
        return new SubjectPublicKeyInfo(new AlgorithmIdentifier(EdECObjectIdentifiers.id_X25519), raw).getEncoded();
    }

    /** Also what a crash after the rename left. The rescue file, which has the key too, goes with it and is made anew. */
    void wipeEscrowKey() throws IOException {
        if (home.has(ESCROW)) {
            home.wipe(RESCUE);
        }
        home.wipe(ESCROW);
    }

    void makeEscrowKey(char[] passphrase) throws IOException {
        home.write(ESCROW, SealedKey.seal(KeyPairs.make(KeyPairs.X25519), passphrase, random));
    }

    /** Makes what is missing; {@code escrow.key} must be there. */
    Realm make(Instant now) throws IOException, GeneralSecurityException, MalformedException {
        if (!home.has(AUTHORITY + ".p12")) {
            KeyPair pair = KeyPairs.p256();
            write(AUTHORITY, pair.getPrivate(), new Certificates(random).authority(pair, now));
        }
        for (String name : new String[] {"grant", "master-file", "catalogue"}) {
            makePair(name, KeyPairs.ED25519);
        }
        makePair("browse", KeyPairs.X25519);
        if (!home.has(REALM_KEYS)) {
            KeyStore store = open(AUTHORITY);
            X509Certificate certificate = (X509Certificate) store.getCertificate(AUTHORITY);
            home.write(
                    REALM_KEYS,
                    publicKeys(certificate, now)
                            .sign(privateKey(store, AUTHORITY))
                            .text());
        }
        return load();
    }

    Realm load() throws IOException, GeneralSecurityException, MalformedException {
        KeyStore store = open(AUTHORITY);
        return new Realm(
                (X509Certificate) store.getCertificate(AUTHORITY),
                privateKey(store, AUTHORITY),
                pair("grant", KeyPairs.ED25519),
                pair("master-file", KeyPairs.ED25519),
                pair("catalogue", KeyPairs.ED25519),
                pair("browse", KeyPairs.X25519),
                Signed.parse(home.readText(REALM_KEYS)));
    }

    /** Central's own key and certificate, as its listeners show them. */
    MachineIdentity server(SystemId central) throws IOException, GeneralSecurityException {
        KeyStore store = open(SERVER);
        List<X509Certificate> chain = Arrays.stream(store.getCertificateChain(SERVER))
                .map(X509Certificate.class::cast)
                .toList();
        return new MachineIdentity(central, privateKey(store, SERVER), chain);
    }

    /** What signs programs that people start from a link: made when there is none, or when it ends soon. */
    KeyStore.PrivateKeyEntry codeSigner(Realm realm, Instant now) throws IOException, GeneralSecurityException {
        if (!home.has(CODE_SIGNER + ".p12") || endsSoon(CODE_SIGNER, now)) {
            KeyPair pair = KeyPairs.rsa();
            X509Certificate certificate = new Certificates(random)
                    .codeSigner(pair.getPublic(), realm.certificate(), realm.authorityKey(), now, CODE_SIGNER_LIFE);
            write(CODE_SIGNER, pair.getPrivate(), certificate, realm.certificate());
        }
        KeyStore store = open(CODE_SIGNER);
        return new KeyStore.PrivateKeyEntry(privateKey(store, CODE_SIGNER), store.getCertificateChain(CODE_SIGNER));
    }

    /** Whether the certificate in {@code NAME.p12} is good for less than 30 days, or not yet. */
    boolean endsSoon(String name, Instant now) throws IOException, GeneralSecurityException {
        X509Certificate certificate = (X509Certificate) open(name).getCertificate(name);
        return certificate.getNotAfter().toInstant().isBefore(now.plus(RENEWED_BEFORE_END))
                || certificate.getNotBefore().toInstant().isAfter(now);
    }

    KeyPair openEscrowKey(char[] passphrase) throws IOException, MalformedException, GeneralSecurityException {
        return SealedKey.open(home.read(ESCROW), passphrase);
    }

    /** Writes a key and its chain as {@code NAME.p12}, under a fresh password in {@code secrets/NAME-password}. */
    void write(String name, PrivateKey key, X509Certificate... chain) throws IOException, GeneralSecurityException {
        char[] password = password(name);
        KeyStore store = empty();
        store.setKeyEntry(name, key, password, chain);
        home.write(name + ".p12", octets(store, password));
    }

    void writeTrusted(String name, X509Certificate trusted) throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        store.setCertificateEntry(AUTHORITY, trusted);
        home.write(name + ".p12", octets(store, password(name)));
    }

    KeyStore open(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(home.read(name + ".p12")), password(name));
        return store;
    }

    String freshSecret() {
        byte[] octets = new byte[24];
        random.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    private RealmKeys publicKeys(X509Certificate authority, Instant now)
            throws IOException, GeneralSecurityException, MalformedException {
        return new RealmKeys(
                RealmId.of(authority.getPublicKey()),
                now,
                pair("grant", KeyPairs.ED25519).getPublic(),
                pair("master-file", KeyPairs.ED25519).getPublic(),
                pair("catalogue", KeyPairs.ED25519).getPublic(),
                PublicKeys.x25519(SealedKey.publicKey(home.read(ESCROW))),
                pair("browse", KeyPairs.X25519).getPublic());
    }

    private void makePair(String name, String algorithm) throws IOException {
        if (!home.has(file(name))) {
            home.write(file(name), KeyPairs.pem(KeyPairs.make(algorithm)));
        }
    }

    private KeyPair pair(String name, String algorithm) throws IOException, GeneralSecurityException {
        return KeyPairs.read(algorithm, home.readText(file(name)));
    }

    private PrivateKey privateKey(KeyStore store, String name) throws IOException, GeneralSecurityException {
        return (PrivateKey) store.getKey(name, password(name));
    }

    private char[] password(String name) throws IOException {
        String file = "secrets/" + name + "-password";
        if (!home.has(file)) {
            home.write(file, freshSecret());
        }
        return home.readText(file).toCharArray();
    }

    private static String file(String name) {
        return "keys/" + name + ".pem";
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static byte[] octets(KeyStore store, char[] password) throws IOException, GeneralSecurityException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, password);
        return out.toByteArray();
    }
}
