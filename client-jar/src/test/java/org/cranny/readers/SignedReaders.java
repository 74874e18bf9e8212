package org.cranny.readers;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cranny.client.masterfile.LocalMasterFile;
import org.cranny.protocol.anchor.LogAnchor;
import org.cranny.protocol.enrollment.Renewal;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.grant.Allotment;
import org.cranny.protocol.grant.Grant;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.masterfile.MasterFile;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.readers.AnySignature;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Texts;
import org.cranny.protocol.receipt.Receipt;
import org.cranny.protocol.release.Release;
import org.cranny.protocol.release.Version;
import org.cranny.protocol.signing.PublicKeys;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.Committed;
import org.cranny.protocol.snapshot.Manifest;

/** Documents that somebody signed, as if whoever signed them meant harm. */
final class SignedReaders {
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
    private static final FragmentId FRAGMENT = FragmentHasher.of(new byte[3]);

    private final KeyPair ed25519 = pair("Ed25519");
    private final KeyPair p256 = pair("EC");
    private final KeyPair x25519 = pair("X25519");
    private final List<Reader> readers = new ArrayList<>();

    private interface Opening {
        Object open(Signed signed, PublicKey key) throws MalformedException;
    }

    static List<Reader> all() throws Exception {
        SignedReaders all = new SignedReaders();
        all.add();
        return all.readers;
    }

    private void add() throws Exception {
        readers.add(Reader.of("signed", MalformedException.class, Golden.manifests(), SignedReaders::signed));
        List<byte[]> manifests = new ArrayList<>();
        for (byte[] each : Golden.manifests()) {
            manifests.add(Signed.parse(each).payload());
        }
        document("manifest", manifests, Manifest::open);
        document(
                "receipt",
                new Receipt(Golden.OTHER, Golden.SOURCE, FRAGMENT, 3, NOW).sign(p256.getPrivate()),
                Receipt::open);
        document(
                "allotment",
                List.of(
                        allotment(false).sign(ed25519.getPrivate()).payload(),
                        allotment(true).sign(ed25519.getPrivate()).payload()),
                Allotment::open);
        Grant grant = new Grant(
                Act.READ,
                Golden.OTHER,
                new byte[32],
                Golden.SOURCE,
                NOW,
                NOW.plusSeconds(60),
                1_000,
                new byte[Grant.SERIAL_OCTETS],
                List.of(FRAGMENT, FRAGMENT));
        document("grant", grant.sign(ed25519.getPrivate()), Grant::open);
        document("realm-keys", realmKeys().sign(p256.getPrivate()), RealmKeys::open);
        document(
                "committed",
                new Committed(Golden.SOURCE, 7, new byte[32], NOW).sign(ed25519.getPrivate()),
                Committed::open);
        document(
                "log-anchor",
                new LogAnchor(Golden.SOURCE.realm(), 7, "ab".repeat(32), NOW).sign(ed25519.getPrivate()),
                LogAnchor::open);
        document(
                "renewal",
                new Renewal(Golden.SOURCE, new byte[Renewal.CHALLENGE_OCTETS]).sign(p256.getPrivate()),
                Renewal::open);
        readers.add(Reader.of(
                "public-key",
                MalformedException.class,
                List.of(
                        ed25519.getPublic().getEncoded(),
                        p256.getPublic().getEncoded(),
                        x25519.getPublic().getEncoded()),
                SignedReaders::publicKey));
        release();
        masterFile();
    }

    /** As octets, and as the text of which they are the octets. */
    private static void signed(byte[] octets) throws MalformedException {
        try {
            Signed.parse(new String(octets, StandardCharsets.ISO_8859_1));
        } catch (MalformedException noText) {
            Signed.parse(octets);
        }
    }

    private static Allotment allotment(boolean mayForget) {
        return new Allotment(Golden.SOURCE, new byte[32], NOW, NOW.plusSeconds(60), 1_000, 100, mayForget);
    }

    private RealmKeys realmKeys() {
        return new RealmKeys(
                RealmId.of(AnySignature.KEY),
                NOW,
                ed25519.getPublic(),
                ed25519.getPublic(),
                ed25519.getPublic(),
                x25519.getPublic(),
                x25519.getPublic());
    }

    private void document(String name, Signed seed, Opening opening) {
        document(name, List.of(seed.payload()), opening);
    }

    private void document(String name, List<byte[]> seeds, Opening opening) {
        readers.add(Reader.of(
                name,
                MalformedException.class,
                seeds,
                octets -> opening.open(new Signed(octets, new byte[64]), AnySignature.KEY)));
    }

    /** Each algorithm that does not take them is tried on, because one octet would choose it. */
    private static void publicKey(byte[] octets) throws MalformedException {
        MalformedException refused = null;
        for (Kind kind : List.<Kind>of(PublicKeys::ed25519, PublicKeys::p256, PublicKeys::x25519)) {
            try {
                PublicKeys.fingerprint(kind.read(octets));
                return;
            } catch (MalformedException e) {
                refused = e;
            }
        }
        throw refused;
    }

    private interface Kind {
        PublicKey read(byte[] octets) throws MalformedException;
    }

    private void release() {
        String text = new Release("source", new Version("1.2.3~rc1"), "amd64", 1_234, "ab".repeat(32))
                .sign(ed25519.getPrivate());
        readers.add(Reader.of("release", MalformedException.class, List.of(Texts.octets(text)), octets -> {
            Release release = Release.open(Texts.text(octets), AnySignature.KEY);
            release.version().isNewerThan(new Version("1.2.3"));
        }));
    }

    private void masterFile() throws Exception {
        String header =
                "{\"cranny\":\"master-file\",\"format\":1,\"realm\":\"0011223344556677\",\"version\":7,\"hosts\":2}";
        MasterFile known = MasterFile.sign(header, Map.of(2L, line(2), 3L, line(3)), ed25519.getPrivate());
        MasterFile next =
                MasterFile.sign(header.replace("7,", "8,"), Map.of(3L, line(3), 4L, line(4)), ed25519.getPrivate());
        readers.add(new Reader(
                "master-file",
                List.of(MalformedException.class, java.io.IOException.class),
                List.of(Texts.octets(known.text()), Texts.octets(next.since(known))),
                octets -> {
                    MasterFile after = known.apply(Texts.text(octets));
                    after.verify(AnySignature.KEY);
                    for (Host host : LocalMasterFile.hosts(after)) {
                        host.accepts();
                    }
                }));
    }

    private static String line(long id) {
        return "{\"id\":" + id + ",\"name\":\"ws-01\",\"address\":\"https://10.0.0.1:8443\",\"freeBytes\":1000,"
                + "\"quotaBytes\":2000,\"rating\":0.5,\"availability\":\"office\",\"domain\":\"host:2\","
                + "\"state\":\"ACCEPTING\"}";
    }

    private static KeyPair pair(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(256);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
