package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.cranny.central.dump.Dump;
import org.cranny.central.dump.TestDumpTool;
import org.cranny.central.escrow.Officer;
import org.cranny.central.escrow.Reason;
import org.cranny.central.escrow.ShownShare;
import org.cranny.central.escrow.SplitRequest;
import org.cranny.central.escrow.SplitShares;
import org.cranny.engine.keys.Escrow;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.KeyShare;
import org.cranny.engine.keys.Secret;
import org.cranny.protocol.enrollment.EscrowDeposit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The escrow key is with its officers, and central's machine is gone: two of three bring central back. */
class SplitDumpTest {
    private static final List<String> NAMES = List.of("anna", "bert", "carl");

    @TempDir
    Path folder;

    private final Map<String, Escrow.KeyPair> keys = new LinkedHashMap<>();
    private SplitShares split;

    @ParameterizedTest
    @EnumSource
    void enoughOfficersOpenRescueFileAndDumpAndThenAMachinesRing(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder.resolve("lost"))) {
            Path home = folder.resolve("lost/home");
            bench.host("h1");
            bench.host("h2");
            TestMachine source = bench.source("ws");
            KeyRing ring = deposit(bench, source);
            bench.central.dumps.make("admin");
            Path rescue = home.resolve("dumps/rescue.txt");
            assertTrue(Files.readString(rescue).contains("CRANNY ESCROW KEY"));

            splitWhole(bench);
            assertFalse(Files.exists(rescue), "it has the key that is with the officers now");
            bench.central.spread.round(bench.central.dumps.list());
            assertFalse(Files.readString(rescue).contains("CRANNY ESCROW KEY"));
            assertTrue(Files.readString(rescue).contains("2 of these:\nanna\nbert\ncarl\n"));
            bench.clock.advance(Duration.ofSeconds(1));
            Dump dump = bench.central.dumps.make("admin");

            Path to = folder.resolve("to");
            String[] alone = with(List.of(0), "list", "--rescue", rescue.toString());
            assertEquals(
                    "1 the shares make no key: there are too few shares",
                    TestDumpTool.run(bench.central.dumpHosts, alone));
            String[] fetch =
                    with(List.of(0, 2), "fetch", dump.name(), "--rescue", rescue.toString(), "--to", to.toString());
            String fetched = TestDumpTool.run(bench.central.dumpHosts, fetch);
            assertTrue(fetched.startsWith("0 "), fetched);
            assertFalse(Files.exists(to.resolve("escrow.key")));

            DataSource fresh = kind.fresh(folder.resolve("again"));
            Path again = folder.resolve("again/home");
            String said = restore(fresh, to.resolve(dump.name()), again);
            assertTrue(said.startsWith("0 Central is again as it was"), said);
            try (Central restored = new Central(again, fresh, bench.clock)) {
                assertEquals(NAMES, restored.officers.status().officers());
                long asked = restored.approvals
                        .ask("admin", source.id.number(), "recovery", "lost too")
                        .orElseThrow()
                        .id();
                bench.clock.advance(Duration.ofHours(24));
                restored.officers.bring("bert", asked, opened(1));
                restored.officers.bring("carl", asked, opened(2));
                assertEquals(ring, restored.keyRings.open(source.id, new Reason("admin", "test", asked), any -> true));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void sharesThatWereHandedOverOpenItWithTheOneKeyTheyWereHandedTo(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder.resolve("lost"))) {
            splitWhole(bench);
            Dump dump = bench.central.dumps.make("admin");
            Path file = folder.resolve("lost/home/dumps").resolve(dump.name());
            Escrow.KeyPair meeting = Escrow.draw();
            List<String> words = new ArrayList<>(List.of("verify", file.toString()));
            for (int i : List.of(1, 0)) {
                KeyShare share =
                        KeyShare.decode(Base64.getDecoder().decode(opened(i).share()));
                byte[] handed = Escrow.sealShare(share, meeting.publicKey());
                words.addAll(List.of("--share", written("handed-" + i, handed)));
            }
            words.addAll(List.of(
                    "--share-key", written("meeting", meeting.privateKey().bytes())));
            String said = TestDumpTool.run(words.toArray(String[]::new));
            assertTrue(said.startsWith("0 The dump of "), said);

            Path other = Files.writeString(
                    folder.resolve("other"),
                    Base64.getEncoder()
                            .encodeToString(Escrow.draw().privateKey().bytes()));
            words.set(words.size() - 1, other.toString());
            String refused = TestDumpTool.run(words.toArray(String[]::new));
            assertTrue(refused.startsWith("1 none of the keys opens the share "), refused);
            words.addAll(List.of("--escrow-passphrase-file", other.toString()));
            assertTrue(TestDumpTool.run(words.toArray(String[]::new)).startsWith("2 shares need no "));
        }
    }

    private String restore(DataSource into, Path file, Path home) throws Exception {
        Path password = Files.writeString(folder.resolve("no-password"), "\n");
        try (Connection connection = into.getConnection()) {
            return TestDumpTool.run(with(
                    List.of(1, 2),
                    "restore",
                    file.toString(),
                    "--home",
                    home.toString(),
                    "--database",
                    connection.getMetaData().getURL(),
                    "--user",
                    connection.getMetaData().getUserName(),
                    "--password-file",
                    password.toString()));
        }
    }

    /** The shares and keys of these officers behind the words. */
    private String[] with(List<Integer> officers, String... words) throws Exception {
        List<String> all = new ArrayList<>(Arrays.asList(words));
        for (int i : officers) {
            byte[] share = Base64.getDecoder().decode(split.shares().get(i).share());
            Secret key = keys.get(NAMES.get(i)).privateKey();
            all.addAll(
                    List.of("--share", written("share-" + i, share), "--share-key", written("key-" + i, key.bytes())));
        }
        return all.toArray(String[]::new);
    }

    private String written(String name, byte[] octets) throws Exception {
        return Files.writeString(folder.resolve(name), Base64.getEncoder().encodeToString(octets) + "\n")
                .toString();
    }

    private void splitWhole(Bench bench) throws Exception {
        List<Officer> officers = new ArrayList<>();
        for (String name : NAMES) {
            keys.put(name, Escrow.draw());
            officers.add(new Officer(
                    name, Base64.getEncoder().encodeToString(keys.get(name).publicKey())));
        }
        split = bench.central.officers.split("admin", new SplitRequest(officers, 2));
        for (int i = 0; i < NAMES.size(); i++) {
            bench.central.officers.show(NAMES.get(i), opened(i));
        }
    }

    private ShownShare opened(int officer) throws Exception {
        SplitShares.SealedShare sealed = split.shares().get(officer);
        KeyShare share = Escrow.openShare(
                Base64.getDecoder().decode(sealed.share()),
                keys.get(sealed.officer()).privateKey());
        return new ShownShare(Base64.getEncoder().encodeToString(share.encode()));
    }

    private static KeyRing deposit(Bench bench, TestMachine source) {
        KeyRing ring = KeyRing.create(source.id, new SecureRandom());
        byte[] sealed = Escrow.sealRing(ring, bench.central.authority.escrowPublicKey());
        bench.central.escrow.deposit(
                source.id, new EscrowDeposit(1, Base64.getEncoder().encodeToString(sealed), null));
        return ring;
    }
}
