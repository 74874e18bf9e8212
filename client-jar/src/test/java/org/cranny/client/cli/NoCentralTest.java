package org.cranny.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.cranny.client.central.WireRecords;
import org.cranny.client.stub.StubHost;
import org.cranny.protocol.enrollment.JoinBundle;
import org.cranny.protocol.enrollment.JoinRequest;
import org.cranny.protocol.tls.MachineIdentity;
import org.cranny.protocol.tls.PeerCheck;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A realm that is kept by hand, through the command line, against hosts over real TLS. There is no central at all. */
class NoCentralTest {
    private static final String FIRST_SOURCE = "4";

    /** One realm for all tests, because Argon2id takes its time. */
    @TempDir
    static Path realm;

    private static final List<StubHost> HOSTS = new ArrayList<>();
    private static Path keeper;
    private static Path passphrase;
    private static String fingerprint;
    private static Path home;

    @TempDir
    Path folder;

    private Path tree;

    @BeforeAll
    static void makeARealmWithTwoHostsAndASource() throws Exception {
        keeper = realm.resolve("keeper");
        home = realm.resolve("home");
        passphrase = Files.writeString(realm.resolve("passphrase"), "correct horse battery staple\n");
        fingerprint = secretly(keeper, "realm", "init", "--name", "at home", "--json")
                .done()
                .json()
                .getString("caFingerprint");
        for (int host = 2; host <= 3; host++) {
            HOSTS.add(host(host));
        }
        source(home, "laptop");
    }

    @BeforeEach
    void makeATree() throws IOException {
        tree = Files.createDirectory(folder.resolve("tree"));
        byte[] noise = new byte[2_000_000];
        new Random(3).nextBytes(noise);
        Files.write(tree.resolve("noise"), noise);
    }

    @AfterAll
    static void stop() {
        HOSTS.forEach(StubHost::close);
    }

    @Test
    void backsUpChecksRestoresAndComesBackFromAKit() throws Exception {
        Path source = folder.resolve("source");
        source(source, "source");
        runIn(source, "backup", tree.toString()).done();
        Files.writeString(tree.resolve("later"), "a second backup");
        var second = runIn(source, "backup", tree.toString(), "--json").done().json();
        assertEquals(2, second.getInt("version"));
        assertTrue(second.getBoolean("committed"));
        assertFalse(runIn(source, "snapshots").done().out().contains("does not know it yet"));
        runIn(source, "check", "--read-data").done();
        runIn(source, "restore", "latest", "--target", folder.resolve("out").toString())
                .done();
        assertRestored("out", "noise");

        Path kit = folder.resolve("kit");
        secretly(source, "kit", "create", kit.toString()).done();
        delete(source);
        Path replacement = folder.resolve("replacement");
        String target = folder.resolve("again").toString();
        secretly(replacement, "kit", "restore", kit.toString(), "--target", target)
                .done();
        assertRestored("again", "noise");
        assertRestored("again", "later");
        Files.writeString(tree.resolve("much later"), "goes on");
        assertEquals(
                3,
                runIn(replacement, "backup", tree.toString(), "--json")
                        .done()
                        .json()
                        .getInt("version"));
        runIn(replacement, "check").done();
    }

    @Test
    void aKitThatWasChangedMakesNothing() throws Exception {
        Path kit = folder.resolve("kit");
        secretly(home, "kit", "create", kit.toString()).done();
        secretly(home, "kit", "show", kit.toString(), "--open").done();
        byte[] octets = Files.readAllBytes(kit);
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        for (int at : new int[] {text.indexOf("computer:"), octets.length / 2, octets.length - 1}) {
            byte[] changed = octets.clone();
            changed[at] ^= 1;
            Files.write(kit, changed);
            Path other = folder.resolve("other");
            secretly(
                            other,
                            "kit",
                            "restore",
                            kit.toString(),
                            "--target",
                            folder.resolve("out").toString())
                    .refuses(1);
            assertFalse(Files.exists(other.resolve("keys.ring")), () -> "octet " + at);
        }
    }

    @Test
    void aWrongPassphraseSignsNothingAndOpensNothing() throws Exception {
        Path kit = folder.resolve("kit");
        secretly(home, "kit", "create", kit.toString()).done();
        String text = new String(Files.readAllBytes(kit), StandardCharsets.ISO_8859_1);
        assertFalse(text.contains(
                Files.readString(home.resolve("identity.password")).strip()));
        String wrong = Files.writeString(folder.resolve("wrong"), "not the passphrase\n")
                .toString();
        Path thief = folder.resolve("thief");
        String target = folder.resolve("out").toString();
        runIn(thief, "kit", "restore", kit.toString(), "--target", target, "--passphrase-file", wrong)
                .refuses(1, "passphrase");
        assertFalse(Files.exists(thief.resolve("keys.ring")));
        String bundle = folder.resolve("bundle").toString();
        runIn(keeper, "realm", "allot", FIRST_SOURCE, bundle, "--passphrase-file", wrong)
                .refuses(1, "passphrase");
        assertFalse(Files.exists(Path.of(bundle)));
    }

    @Test
    void refusesToJoinAnotherRealmThanTheOneThatWasMeant() throws Exception {
        Path other = folder.resolve("other");
        Path request = folder.resolve("other.request");
        runIn(other, "request", request.toString(), "--name", "other").done();
        secretly(keeper, "realm", "add-source", request.toString()).done();
        String bundle = folder.resolve("other.bundle").toString();
        runIn(other, "join", bundle, "--ca-fingerprint", "ab".repeat(32)).refuses(1);
        assertFalse(Files.exists(other.resolve("config.json")));
        Path third = folder.resolve("third");
        runIn(third, "request", folder.resolve("third.request").toString()).done();
        runIn(third, "join", bundle, "--ca-fingerprint", fingerprint).refuses(1);
        runIn(other, "join", bundle, "--ca-fingerprint", fingerprint).done();
        secretly(keeper, "realm", "add-source", request.toString()).refuses(1);
    }

    @Test
    void renewsARightByABundle() throws Exception {
        String before = Files.readString(home.resolve("allotment"));
        Path bundle = folder.resolve("renewal");
        secretly(keeper, "realm", "allot", FIRST_SOURCE, bundle.toString(), "--days", "366")
                .refuses(1);
        secretly(keeper, "realm", "allot", FIRST_SOURCE, bundle.toString(), "--days", "200")
                .done();
        run("join", bundle.toString()).done();
        String after = Files.readString(home.resolve("allotment"));
        assertFalse(before.equals(after));
        secretly(keeper, "realm", "allot", FIRST_SOURCE, bundle.toString()).done();
        run("join", bundle.toString()).done();
        assertEquals(after, Files.readString(home.resolve("allotment")), "a shorter right replaces no longer one");
    }

    @Test
    void takesNewerListsOfHostsOnly() throws Exception {
        Path older = folder.resolve("older");
        secretly(keeper, "realm", "master-file", older.toString()).done();
        Path newer = folder.resolve("newer");
        secretly(
                        keeper,
                        "realm",
                        "master-file",
                        newer.toString(),
                        "--host",
                        "3:" + HOSTS.get(1).url() + ":2T")
                .done();
        run("master-file", "import", newer.toString()).done();
        run("master-file", "import", older.toString()).refuses(1);
        Files.writeString(newer, Files.readString(newer).replace("host-2", "host-9"));
        run("master-file", "import", newer.toString()).refuses(1);
        assertEquals(
                2,
                run("master-file", "--json").done().json().getJsonArray("hosts").size());
    }

    @Test
    void aListOfSnapshotsSaysWhichAreForgottenAndHowTheyComeBack() throws Exception {
        Path source = folder.resolve("source");
        source(source, "forgetful");
        String first =
                runIn(source, "backup", tree.toString(), "--json").done().json().getString("snapshot");
        Files.writeString(tree.resolve("later"), "a second backup");
        runIn(source, "backup", tree.toString()).done();
        assertFalse(runIn(source, "snapshots").done().out().contains("forgotten"));
        runIn(source, "forget", "--keep-last", "1", "--yes");
        String listed = runIn(source, "snapshots").done().out();
        assertTrue(listed.contains("cranny forget --recall " + first.substring(0, 8)), listed);
        assertEquals(1, forgottenSince(source));
        runIn(source, "forget", "--recall", first).done();
        assertFalse(runIn(source, "snapshots").done().out().contains("forgotten"));
        assertEquals(0, forgottenSince(source));
    }

    private static long forgottenSince(Path source) throws IOException {
        return runIn(source, "snapshots", "--json")
                .done()
                .out()
                .lines()
                .filter(line -> line.contains("\"forgottenSince\":\""))
                .count();
    }

    @Test
    void agentsHaveNothingToDo() {
        run("agent", "--once").refuses(2);
    }

    private static StubHost host(int number) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        Path request = realm.resolve("host-" + number + ".request");
        JoinRequest asked = JoinRequest.of("host-" + number, "host", csr(pair), "https://127.0.0.1:1", null, 1L << 40);
        Files.write(request, WireRecords.write(asked));
        secretly(keeper, "realm", "add-host", request.toString()).done();
        Path file = realm.resolve("host-" + number + ".bundle");
        JoinBundle bundle = WireRecords.read(Files.readAllBytes(file), JoinBundle.class);
        List<X509Certificate> chain = new ArrayList<>();
        for (String pem : bundle.enrolled().certificates()) {
            chain.add((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new java.io.ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
        }
        StubHost host = StubHost.start(new MachineIdentity(PeerCheck.systemOf(chain.get(0)), pair.getPrivate(), chain));
        secretly(
                        keeper,
                        "realm",
                        "master-file",
                        realm.resolve("list").toString(),
                        "--host",
                        number + ":" + host.url() + ":1T")
                .done();
        return host;
    }

    private static String csr(KeyPair pair) throws Exception {
        byte[] request = new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=host"), pair.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                .getEncoded();
        return "-----BEGIN CERTIFICATE REQUEST-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(request)
                + "\n-----END CERTIFICATE REQUEST-----\n";
    }

    private static void source(Path where, String name) throws IOException {
        Path request = realm.resolve(name + ".request");
        runIn(where, "request", request.toString(), "--name", name).done();
        secretly(keeper, "realm", "add-source", request.toString()).done();
        runIn(where, "join", realm.resolve(name + ".bundle").toString(), "--ca-fingerprint", fingerprint)
                .done();
    }

    private void assertRestored(String target, String name) throws IOException {
        Path original = tree.resolve(name).toRealPath();
        Path restored = folder.resolve(target).resolve(original.getRoot().relativize(original));
        assertEquals(-1, Files.mismatch(original, restored), name);
    }

    private Ran run(String... arguments) {
        return runIn(home, arguments);
    }

    private static Ran secretly(Path where, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--passphrase-file", passphrase.toString()));
        return runIn(where, all.toArray(String[]::new));
    }

    private static Ran runIn(Path where, String... arguments) {
        return Ran.here(where, arguments);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
