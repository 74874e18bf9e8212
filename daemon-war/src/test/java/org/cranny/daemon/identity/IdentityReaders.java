package org.cranny.daemon.identity;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cranny.daemon.capacity.Lending;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Scratch;
import org.cranny.protocol.readers.Texts;

/** What a daemon reads of itself and of realms, in its home and in bundles that people carry. */
public final class IdentityReaders {
    private static final TestRealm OWN = new TestRealm();
    private static final TestRealm ABROAD = new TestRealm();
    private static final List<String> FILES = List.of(
            "realm/keys",
            "realm/revoked",
            "realm/revoked-keys",
            "issuers/" + ABROAD.id().hex() + "/ca.pem",
            "issuers/" + ABROAD.id().hex() + "/keys",
            "issuers/" + ABROAD.id().hex() + "/quota",
            "joining.key");

    private IdentityReaders() {}

    public static List<Reader> all() throws Exception {
        return List.of(
                Reader.of(
                        "daemon-properties",
                        IOException.class,
                        Texts.seeds(
                                "name=ws-01\naddress=https://ws-01:9443\ncentral=https://c:8444\npeople=https://c:8443\n"
                                        + "quota=20.5G\nkeep-free=10%\ntrash-seconds=1\nscrub-seconds=86400\n"),
                        IdentityReaders::settings),
                new Reader(
                        "host-bundle",
                        List.of(IOException.class, ProblemException.class),
                        List.of(bundle()),
                        IdentityReaders::bundle),
                Reader.of("realm-file", IOException.class, seeds(), IdentityReaders::file));
    }

    private static void settings(byte[] octets) throws IOException {
        Scratch scratch = Scratch.folder("daemon-settings");
        scratch.write("daemon.properties", octets);
        Settings settings = Settings.load(new Home(scratch.path()));
        try {
            Lending lending = Lending.parse(settings.quota(), settings.keepFree());
            if (lending.quota(1L << 40) < 0 || lending.keepFree(1L << 40) < 0) {
                throw new AssertionError("less than nothing is lent: " + lending);
            }
        } catch (IllegalArgumentException noSize) {
            // Its page says so.
        }
    }

    private static byte[] bundle() throws Exception {
        try (Jsonb json = JsonbBuilder.create()) {
            return Texts.octets(json.toJson(ABROAD.bundle()));
        }
    }

    /** As an owner who was given the right fingerprint takes it, for a first realm and for a further one. */
    private static void bundle(byte[] octets) throws IOException {
        Path file = Scratch.folder("daemon-bundle").write("bundle", octets);
        Home member = home("daemon-member");
        Home fresh = new Home(Scratch.folder("daemon-fresh").path());
        if (!Files.exists(fresh.joiningKey())) {
            new Joining(fresh).request(TestRealm.settings("https://h:9443", "https://c:8444"), null);
        }
        try {
            new Joining(fresh).join(Join.read(file), ABROAD.fingerprint());
            throw new AssertionError("a bundle for another machine");
        } catch (ProblemException | IOException notOurs) {
            new Trusting(member).add(Join.read(file), ABROAD.fingerprint(), null);
        }
    }

    /** The first octet says which file of the home the others are. */
    private static void file(byte[] octets) throws IOException {
        if (octets.length == 0) {
            return;
        }
        Home home = home("daemon-realm");
        Path file = home.folder().resolve(FILES.get((octets[0] & 0xff) % FILES.size()));
        byte[] before = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOfRange(octets, 1, octets.length));
        try {
            Identity identity = Identity.load(home);
            Realm realm = new Realm(home, identity);
            realm.revokedKey(new byte[32]);
            Issuers.load(home, realm, identity).quota(ABROAD.id());
            Home fresh = new Home(home.folder().resolve("fresh"));
            Files.copy(home.joiningKey(), fresh.joiningKey(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            new Joining(fresh).request(TestRealm.settings("https://h:9443", "https://c:8444"), null);
        } finally {
            Files.write(file, before);
        }
    }

    private static Home home(String name) throws IOException {
        Path folder = Scratch.folder(name).path();
        Home home = new Home(folder);
        if (!Files.exists(home.identity())) {
            OWN.home(folder, OWN.member(7), TestRealm.settings("https://h:9443", "https://c:8444"));
            ABROAD.trustedBy(home, "1G");
            Home.replace(home.realm("revoked"), Texts.octets("3\n5\n"));
            Home.replace(home.realm("revoked-keys"), Texts.octets("ab\n"));
            Home fresh = new Home(folder.resolve("fresh"));
            new Joining(fresh).request(TestRealm.settings("https://h:9443", "https://c:8444"), null);
            Files.copy(fresh.joiningKey(), home.joiningKey());
        }
        return home;
    }

    private static List<byte[]> seeds() throws IOException {
        Home home = home("daemon-realm");
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < FILES.size(); i++) {
            seeds.add(Texts.join(
                    new byte[] {(byte) i}, Files.readAllBytes(home.folder().resolve(FILES.get(i)))));
        }
        return seeds;
    }
}
