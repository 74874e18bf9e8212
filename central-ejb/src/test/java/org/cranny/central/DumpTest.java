package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.cranny.central.alert.AlertKind;
import org.cranny.central.dump.Dump;
import org.cranny.central.dump.TestDumpTool;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.snapshot.CommitRequest;
import org.cranny.protocol.snapshot.Placements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DumpTest {
    private static final FragmentId ONE = TestMachine.pack("one");
    private static final FragmentId TWO = TestMachine.pack("two");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void centralIsAgainWhatItWasFromADumpTheEscrowKeyAndItsPassphrase(Databases kind) throws Exception {
        Path lost = folder.resolve("lost");
        Path again = folder.resolve("again/home");
        try (Bench bench = new Bench(kind, lost)) {
            TestMachine source = bench.source("ws");
            TestMachine h1 = bench.host("h1");
            TestMachine h2 = bench.host("h2");
            bench.hold(source, ONE, h1, h2);
            String first = bench.commit(source, 1, null, List.of(ONE), List.of())
                    .answer()
                    .snapshot();
            bench.central.masterFiles.refresh("test");
            String login = bench.central.tokens.begin("anna", Set.of("auditor")).token();
            Dump dump = bench.central.dumps.make("admin");
            List<String> before = contents(bench.dataSource);
            Path escrowKey = Files.copy(home(lost).resolve("escrow.key"), folder.resolve("escrow.key"));
            Path file = Files.copy(home(lost).resolve("dumps/" + dump.name()), folder.resolve(dump.name()));

            DataSource fresh = kind.fresh(folder.resolve("again"));
            String said = restore(fresh, file, again, escrowKey);
            assertTrue(said.startsWith("0 Central is again as it was"), said);

            for (String row : before) {
                assertTrue(
                        contents(fresh).contains(row)
                                || row.startsWith("log_head")
                                || row.startsWith("log ")
                                || row.startsWith("dump_piece "),
                        "gone: " + row);
            }
            try (Central restored = new Central(again, fresh, bench.clock)) {
                assertEquals(bench.central.authority.realm(), restored.authority.realm());
                assertEquals(bench.central.authority.fingerprint(), restored.authority.fingerprint());
                assertEquals(bench.central.snapshots.list(source.id, 0), restored.snapshots.list(source.id, 0));
                assertEquals(bench.central.custody.page(source.id, "", 10), restored.custody.page(source.id, "", 10));
                assertEquals(Optional.empty(), restored.log.firstBroken());
                assertEquals(bench.central.tokens.find(login), restored.tokens.find(login));
                restored.heartbeats.report(h1.id, h1.heartbeat(10 * TestMachine.GIB));
                restored.custody.register(
                        source.id, new Placements(List.of(source.placement(TWO, bench.clock.instant(), h1, h2))));
                String manifest =
                        source.manifest(2, 0, first, List.of(TWO), List.of()).text();
                restored.snapshots.commit(source.id, new CommitRequest(manifest, null));
                assertEquals(2, restored.snapshots.list(source.id, 0).size(), "life goes on");
            }
            assertTrue(
                    contents(fresh).stream().anyMatch(row -> row.startsWith("prune_lock ")),
                    "nothing may be deleted for a while");
            String again2 = restore(fresh, file, again, escrowKey);
            assertTrue(again2.startsWith("1 the database is not empty"), again2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyColumnOfTheSchemaHasAWayIntoADumpAndBack(Databases kind) throws Exception {
        assertEquals(List.of(), TestDumpTool.columnsThatNoDumpKnows(kind.fresh(folder)));
    }

    @ParameterizedTest
    @EnumSource
    void whatCommitsWhileADumpIsWrittenIsInItWholeOrNotAtAll(Databases kind) throws Exception {
        Path lost = folder.resolve("lost");
        try (Bench bench = new Bench(kind, lost)) {
            TestMachine source = bench.source("ws");
            bench.hold(source, ONE, bench.host("h1"), bench.host("h2"));
            Thread busy = new Thread(() -> {
                String before = null;
                for (int version = 1; version <= 40; version++) {
                    before = bench.commit(source, version, before, version == 1 ? List.of(ONE) : List.of(), List.of())
                            .answer()
                            .snapshot();
                }
            });
            busy.start();
            int number = 0;
            while (busy.isAlive() || number == 0) {
                number++;
                bench.clock.advance(Duration.ofSeconds(1));
                Dump dump = bench.central.dumps.make("admin");
                if (number <= 3) {
                    Path again = folder.resolve("again" + number);
                    DataSource fresh = kind.fresh(again);
                    String said = restore(
                            fresh,
                            home(lost).resolve("dumps/" + dump.name()),
                            again.resolve("home"),
                            home(lost).resolve("escrow.key"));
                    assertTrue(said.startsWith("0 "), said);
                    try (Central restored = new Central(again.resolve("home"), fresh, bench.clock)) {
                        assertEquals(Optional.empty(), restored.log.firstBroken());
                        int commits = (int) restored.log.newest(1_000).stream()
                                .filter(line -> line.action().equals("commit"))
                                .count();
                        assertEquals(
                                commits, restored.snapshots.list(source.id, 0).size());
                    }
                }
            }
            busy.join();
        }
    }

    @Test
    void anyChangedOctetAndAnyCutIsFoundAndNothingOfItIsRestored() throws Exception {
        try (Bench bench = new Bench(Databases.H2, folder)) {
            bench.source("ws");
            Dump dump = bench.central.dumps.make("admin");
            Path file = home(folder).resolve("dumps/" + dump.name());
            byte[] whole = Files.readAllBytes(file);
            String right = verify(file);
            assertTrue(right.startsWith("0 The dump of "), right);
            Path bad = folder.resolve("bad.dump");
            for (int at : new int[] {0, 8, 30, 200, whole.length - 1}) {
                byte[] changed = whole.clone();
                changed[at] ^= 1;
                Files.write(bad, changed);
                String said = verify(bad);
                assertTrue(said.startsWith("1 "), () -> at + ": " + said);
            }
            for (int length : new int[] {50, 104, 104 + 16_400, whole.length - 1}) {
                if (length < whole.length) {
                    Files.write(bad, Arrays.copyOf(whole, length));
                    String said = verify(bad);
                    assertTrue(said.startsWith("1 "), () -> length + ": " + said);
                }
            }
            DataSource fresh = Databases.H2.fresh(folder.resolve("again"));
            Path again = folder.resolve("again/home");
            assertTrue(restore(fresh, bad, again, home(folder).resolve("escrow.key"))
                    .startsWith("1 "));
            assertFalse(Files.exists(again.resolve("authority.p12")));
        }
    }

    @Test
    void nothingOfItCanBeReadWithoutThePassphrase() throws Exception {
        try (Bench bench = new Bench(Databases.H2, folder)) {
            bench.source("a-name-in-the-database");
            Dump dump = bench.central.dumps.make("admin");
            Path file = home(folder).resolve("dumps/" + dump.name());
            String octets = Files.readString(file, StandardCharsets.ISO_8859_1);
            assertFalse(octets.contains("a-name-in-the-database"));
            Path wrong = Files.writeString(folder.resolve("wrong"), "not the passphrase at all");
            String said = TestDumpTool.run(
                    "verify",
                    file.toString(),
                    "--escrow-key",
                    home(folder).resolve("escrow.key").toString(),
                    "--escrow-passphrase-file",
                    wrong.toString());
            assertEquals("1 the escrow key does not open: is this its passphrase?", said);
        }
    }

    @ParameterizedTest
    @EnumSource
    void thereIsOneEveryNightAndTheOldestGo(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            for (int night = 0; night < 16; night++) {
                bench.central.dumps.nightly();
                bench.central.dumps.nightly();
                assertEquals(Math.min(14, night + 1), bench.central.dumps.list().size());
                bench.clock.advance(Duration.ofDays(1));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDumpThatFailsIsAnAlertUntilOneSucceeds(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            Path inTheWay = Files.writeString(home(folder).resolve("dumps"), "a file");
            Bench.refused(ProblemKind.INTERNAL, () -> bench.central.dumps.make("admin"));
            bench.central.dumps.nightly();
            assertTrue(bench.central.alerts.lasting().containsKey(AlertKind.DUMP_FAILED));
            Files.delete(inTheWay);
            bench.central.dumps.nightly();
            assertFalse(bench.central.alerts.lasting().containsKey(AlertKind.DUMP_FAILED));
        }
    }

    private static Path home(Path folder) {
        return folder.resolve("home");
    }

    private String verify(Path file) {
        return TestDumpTool.run(
                "verify",
                file.toString(),
                "--escrow-key",
                home(folder).resolve("escrow.key").toString(),
                "--escrow-passphrase-file",
                Homes.escrowPassphrase().toString());
    }

    private String restore(DataSource into, Path file, Path home, Path escrowKey) throws SQLException, IOException {
        Path password = Files.writeString(folder.resolve("no-password"), "\n");
        String url;
        String user;
        try (Connection connection = into.getConnection()) {
            url = connection.getMetaData().getURL();
            user = connection.getMetaData().getUserName();
        }
        return TestDumpTool.run(
                "restore",
                file.toString(),
                "--home",
                home.toString(),
                "--escrow-key",
                escrowKey.toString(),
                "--escrow-passphrase-file",
                Homes.escrowPassphrase().toString(),
                "--database",
                url,
                "--user",
                user,
                "--password-file",
                password.toString());
    }

    /** Every row of every table, as text, with the name of its table. */
    private static List<String> contents(DataSource dataSource) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            String schema = connection.getMetaData().getDatabaseProductName().equals("H2") ? "PUBLIC" : "public";
            try (ResultSet found =
                    connection.getMetaData().getTables(null, schema, "%", new String[] {"TABLE", "BASE TABLE"})) {
                while (found.next()) {
                    tables.add(found.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
                }
            }
            tables.remove("flyway_schema_history");
            for (String table : tables) {
                try (ResultSet found = statement.executeQuery("select * from " + table)) {
                    while (found.next()) {
                        StringBuilder row = new StringBuilder(table).append(' ');
                        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                            Object value = found.getObject(i);
                            row.append(
                                            value instanceof byte[] || value instanceof Blob
                                                    ? Arrays.toString(found.getBytes(i))
                                                    : value)
                                    .append(' ');
                        }
                        rows.add(row.toString());
                    }
                }
            }
        }
        return rows;
    }
}
