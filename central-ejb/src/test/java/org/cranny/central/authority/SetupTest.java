package org.cranny.central.authority;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.XECPrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.octets.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void makesARealmWhoseKeysChainToItsAuthority() throws Exception {
        assertEquals(0, setup());
        Realm realm = files().load();
        RealmKeys keys = RealmKeys.open(realm.realmKeys(), realm.certificate().getPublicKey());
        assertEquals(realm.grant().getPublic(), keys.grant());
        assertEquals(realm.masterFile().getPublic(), keys.masterFile());
        assertEquals(realm.catalogue().getPublic(), keys.catalogue());
        assertEquals(realm.browse().getPublic(), keys.browse());
        assertEquals(files().openEscrowKey(passphrase()).getPublic(), keys.escrow());
        X509Certificate server = (X509Certificate) files().open("server").getCertificate("server");
        server.verify(realm.certificate().getPublicKey());
        assertTrue(server.getSubjectAlternativeNames().contains(List.of(6, "cranny:" + realm.id() + ":1")));
        assertTrue(server.getSubjectAlternativeNames().contains(List.of(7, "127.0.0.1")));
        assertTrue(server.getSubjectAlternativeNames().contains(List.of(2, "central.example")));
        assertTrue(out.toString(StandardCharsets.UTF_8)
                .matches("\\{\"realm\":\"[0-9a-f]{16}\",\"caFingerprint\":\"[0-9a-f]{64}\",\"fresh\":true}\n"));
    }

    @Test
    void runAgainItChangesNothing() throws Exception {
        assertEquals(0, setup());
        Map<Path, String> before = contents();
        assertEquals(0, setup());
        assertEquals(before, contents());
        assertTrue(out.toString(StandardCharsets.UTF_8).endsWith("\"fresh\":false}\n"));
    }

    @Test
    void goesOnWhereItWasInterrupted() throws Exception {
        assertEquals(0, setup());
        String realm = files().load().id().hex();
        for (String lost : List.of("realm-keys", "server.p12", "keys/catalogue.pem", "central.properties")) {
            Files.delete(home().resolve(lost));
        }
        assertEquals(0, setup());
        assertEquals(realm, files().load().id().hex());
    }

    @Test
    void replacesAServerCertificateThatEndsSoonAndNothingElse() throws Exception {
        assertEquals(0, setup());
        Map<Path, String> before = contents();
        SetupOptions options = SetupOptions.parse("--home", home().toString());
        new Setup(options, new SecureRandom(), Clock.offset(Clock.systemUTC(), Duration.ofDays(340))).make();
        Map<Path, String> after = contents();
        assertNotEquals(before.remove(home().resolve("server.p12")), after.remove(home().resolve("server.p12")));
        assertEquals(before, after);
    }

    @Test
    void replacesAServerCertificateThatLacksANameAndNothingElse() throws Exception {
        assertEquals(0, setup());
        Map<Path, String> before = contents();
        assertEquals(0, run("--home", home().toString(), "--name", "central.example"));
        assertEquals(before, contents());
        assertEquals(0, run("--home", home().toString(), "--name", "central.example.org", "--name", "10.1.2.3"));
        Map<Path, String> after = contents();
        assertNotEquals(before.remove(home().resolve("server.p12")), after.remove(home().resolve("server.p12")));
        assertEquals(before, after);
        X509Certificate server = (X509Certificate) files().open("server").getCertificate("server");
        assertTrue(server.getSubjectAlternativeNames().contains(List.of(7, "10.1.2.3")));
    }

    @Test
    void aCopyHasTheSettingsThatALinkLeadsTo() throws Exception {
        assertEquals(0, setup());
        Path elsewhere = Files.writeString(folder.resolve("elsewhere.properties"), "cranny.ldap.embedded=true\n");
        Files.delete(home().resolve("central.properties"));
        Files.createSymbolicLink(home().resolve("central.properties"), elsewhere);
        HomeCopy copy = new HomeCopy(home());
        assertTrue(copy.names().contains("central.properties"), copy.names()::toString);
        assertArrayEquals(Files.readAllBytes(elsewhere), copy.read("central.properties"));
    }

    @Test
    void everythingInTheHomeIsItsOwnersAlone() throws IOException {
        assertEquals(0, setup());
        try (Stream<Path> all = Files.walk(home())) {
            for (Path path : all.toList()) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                assertEquals(Files.isDirectory(path) ? "rwx------" : "rw-------", mode, path.toString());
            }
        }
    }

    @Test
    void homeHoldsNeitherTheEscrowKeyNorItsPassphrase() throws Exception {
        assertEquals(0, setup());
        KeyPair escrow = files().openEscrowKey(passphrase());
        byte[] scalar = ((XECPrivateKey) escrow.getPrivate()).getScalar().orElseThrow();
        byte[] secret = new String(passphrase()).getBytes(StandardCharsets.UTF_8);
        try (Stream<Path> all = Files.walk(home())) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                byte[] octets = Files.readAllBytes(file);
                assertFalse(contains(octets, scalar), file.toString());
                assertFalse(contains(octets, secret), file.toString());
            }
        }
        byte[] sealed = Files.readAllBytes(home().resolve("escrow.key"));
        assertThrows(GeneralSecurityException.class, () -> SealedKey.open(sealed, "another passphrase".toCharArray()));
    }

    @Test
    void eachGuessAtTheEscrowPassphraseCostsThreePassesOver64Mebibytes() throws Exception {
        assertEquals(0, setup());
        ByteBuffer sealed = ByteBuffer.wrap(Files.readAllBytes(home().resolve("escrow.key")));
        assertEquals(65_536, sealed.getInt(8));
        assertEquals(3, sealed.getInt(12));
    }

    @Test
    void sealedKeyWithAnyOctetChangedDoesNotOpen() throws Exception {
        KeyPair pair = KeyPairs.make(KeyPairs.X25519);
        char[] passphrase = "correct horse battery".toCharArray();
        byte[] sealed = SealedKey.seal(pair, passphrase, new SecureRandom());
        assertArrayEquals(
                pair.getPrivate().getEncoded(),
                SealedKey.open(sealed, passphrase).getPrivate().getEncoded());
        List<Integer> opened = new ArrayList<>();
        for (int at : new int[] {0, 7, 11, 15, 16, 20, 40, 60, 90, sealed.length - 1}) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            try {
                SealedKey.open(changed, passphrase);
                opened.add(at);
            } catch (MalformedException | GeneralSecurityException e) {
                assertTrue(e.getMessage() != null);
            }
        }
        assertEquals(List.of(), opened);
    }

    @Test
    void withoutAPassphraseFileThePassphraseIsShownOnce() throws Exception {
        assertEquals(0, run("--home", home().toString()));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("\"escrowPassphrase\":\""));
        out.reset();
        assertEquals(0, run("--home", home().toString()));
        assertFalse(out.toString(StandardCharsets.UTF_8).contains("escrowPassphrase"));
    }

    @Test
    void wrongUseIsOneLineAndTheCodeTwo() throws IOException {
        Files.writeString(folder.resolve("short"), "short");
        for (List<String> wrong : List.of(
                List.<String>of(),
                List.of("--home"),
                List.of("--home", home().toString(), "--nonsense", "x"),
                List.of("--home", home().toString(), "--set", "x"),
                List.of(
                        "--home",
                        home().toString(),
                        "--escrow-passphrase-file",
                        home().resolve("p").toString()),
                List.of(
                        "--home",
                        home().toString(),
                        "--escrow-passphrase-file",
                        folder.resolve("short").toString()))) {
            err.reset();
            assertEquals(2, run(wrong.toArray(String[]::new)), wrong.toString());
            assertEquals(1, err.toString(StandardCharsets.UTF_8).lines().count());
        }
    }

    private int setup() {
        return run(
                "--home",
                home().toString(),
                "--machines-url",
                "https://127.0.0.1:8182",
                "--escrow-passphrase-file",
                folder.resolve("outside/passphrase").toString(),
                "--name",
                "central.example",
                "--set",
                "cranny.ldap.embedded=true");
    }

    private int run(String... arguments) {
        return Setup.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments);
    }

    private Path home() {
        return folder.resolve("home");
    }

    private RealmFiles files() {
        return new RealmFiles(new HomeFolder(home()), new SecureRandom());
    }

    private char[] passphrase() throws IOException {
        return Files.readString(folder.resolve("outside/passphrase")).strip().toCharArray();
    }

    private Map<Path, String> contents() throws IOException {
        Map<Path, String> contents = new HashMap<>();
        try (Stream<Path> all = Files.walk(home())) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                contents.put(file, Arrays.toString(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    private static boolean contains(byte[] octets, byte[] wanted) {
        return new String(octets, StandardCharsets.ISO_8859_1)
                .contains(new String(wanted, StandardCharsets.ISO_8859_1));
    }
}
