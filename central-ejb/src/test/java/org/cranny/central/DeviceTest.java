package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.cranny.central.alert.Alert;
import org.cranny.central.alert.AlertKind;
import org.cranny.central.alert.AlertState;
import org.cranny.central.authority.TestSetup;
import org.cranny.central.device.Device;
import org.cranny.central.device.DeviceFile;
import org.cranny.central.device.DeviceFiles;
import org.cranny.central.device.TestDevices;
import org.cranny.central.device.Upload;
import org.cranny.central.device.UploadRequest;
import org.cranny.protocol.browse.VersionLine;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.job.JobRequest;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Central takes what devices upload, seals and spreads it, and loses none of it. */
class DeviceTest {
    private static final String ANNA = "anna@example.org";
    private static final Set<String> MAILS = Set.of(ANNA);

    @TempDir
    Path folder;

    private Bench bench;
    private FakeShelves shelves;
    private TestDevices all;
    private Device phone;

    @BeforeEach
    void begin() throws Exception {
        bench = new Bench(
                Databases.H2,
                folder,
                Map.of(
                        "cranny.devices.per-owner", "2",
                        "cranny.devices.upload-bytes", "3000",
                        "cranny.devices.owner-bytes", "5000",
                        "cranny.devices.waiting-bytes", "4000"));
        shelves = new FakeShelves(bench.clock);
        start();
        phone = all.devices.add("anna", MAILS, "Anna's phone");
        shelves.source = new SystemId(bench.central.authority.realm(), phone.number());
    }

    @AfterEach
    void end() {
        bench.close();
    }

    private void start() throws IOException {
        Central central = bench.central;
        all = new TestDevices(
                new TestDevices.Central(
                        central.database,
                        central.log,
                        central.settings,
                        central.systems,
                        central.hosts,
                        central.authority,
                        central.enrollments,
                        central.escrow,
                        central.policies,
                        central.openings,
                        central.browsing,
                        central.leases,
                        central.custody,
                        central.packCopies,
                        central.snapshots,
                        central.heartbeats,
                        central.alerts,
                        bench.clock),
                shelves,
                Runnable::run);
    }

    @Test
    void uploadIsSpreadAsAnySourcesFilesAndThenLeavesCentralsDisk() throws Exception {
        hosts(2);
        upload("one.jpg", "first");
        upload("<img src=x> \u202Egpj.exe", "");

        Device now = all.devices.find(phone.number());
        assertEquals(0, now.waiting());
        assertEquals(2, now.files());
        assertNull(now.trouble());
        assertNotNull(now.kept());
        DeviceFiles files = files();
        assertEquals(
                List.of("<img src=x> \u202Egpj.exe", "one.jpg"),
                files.files().stream().map(DeviceFiles.Line::name).toList());
        assertEquals(List.of(), spooled());
        bench.central.repairs.redundancy(phone.number()).forEach(each -> assertEquals(2, each.copies()));
        assertEquals(1, bench.central.escrow.rings(phone.number()).size());
    }

    /** Everything that the database has, in every column of every table. */
    @Test
    void theDatabaseAloneHasNoKeyOfADeviceAndNothingOfItsFiles(@TempDir Path elsewhere) throws Exception {
        hosts(2);
        upload("holiday.jpg", "what nobody else should read");
        List<byte[]> rows = everyValue();
        List<byte[]> secrets = new ArrayList<>(all.secrets(phone.number()));
        secrets.add("holiday.jpg".getBytes(StandardCharsets.UTF_8));
        secrets.add("nobody else".getBytes(StandardCharsets.UTF_8));
        assertTrue(rows.stream().anyMatch(row -> contains(row, "Anna's phone".getBytes(StandardCharsets.UTF_8))));
        for (byte[] secret : secrets) {
            byte[] hex = HexFormat.of().formatHex(secret).getBytes(StandardCharsets.US_ASCII);
            byte[] base64 = Base64.getEncoder().withoutPadding().encode(secret);
            for (byte[] row : rows) {
                assertFalse(contains(row, secret) || contains(row, hex) || contains(row, base64));
            }
        }
        all.openWith(bench.central.authority, phone.number());
        TestSetup.make(elsewhere.resolve("home"), elsewhere.resolve("passphrase"));
        try (Bench other = new Bench(Databases.H2, elsewhere)) {
            assertThrows(IllegalStateException.class, () -> all.openWith(other.central.authority, phone.number()));
        }
    }

    private List<byte[]> everyValue() throws SQLException {
        List<byte[]> values = new ArrayList<>();
        try (Connection connection = bench.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet named =
                    connection.getMetaData().getTables(null, "PUBLIC", null, new String[] {"BASE TABLE"})) {
                while (named.next()) {
                    tables.add(named.getString("TABLE_NAME"));
                }
            }
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("select * from \"" + table + "\"")) {
                    while (rows.next()) {
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            Object value = rows.getObject(i);
                            byte[] octets = value instanceof byte[] || value instanceof Blob ? rows.getBytes(i) : null;
                            String text = octets == null ? rows.getString(i) : null;
                            if (octets != null) {
                                values.add(octets);
                            } else if (text != null) {
                                values.add(text.getBytes(StandardCharsets.UTF_8));
                            }
                        }
                    }
                }
            }
        }
        return values;
    }

    private static boolean contains(byte[] in, byte[] what) {
        for (int at = 0; at + what.length <= in.length; at++) {
            if (Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void whatWaitsSurvivesARestartAndIsSpreadWhenThereAreHosts() throws Exception {
        Upload upload = upload("one.jpg", "first");
        assertEquals("a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e", upload.digest());
        assertTrue(all.devices.find(phone.number()).trouble().contains("two hosts"));
        assertArrayEquals("first".getBytes(StandardCharsets.UTF_8), content("one.jpg"));

        bench.restart();
        hosts(2);
        start();
        assertEquals(
                List.of("one.jpg"), files().waiting().stream().map(Upload::name).toList());
        all.round();

        assertEquals(1, all.devices.find(phone.number()).files());
        assertEquals(List.of(), spooled());
    }

    @Test
    void whatWaitsForAnHourIsAnAlertUntilItIsKept() throws Exception {
        upload("one.jpg", "first");
        all.round();
        assertEquals(List.of(), uploadsWait());
        bench.clock.advance(java.time.Duration.ofMinutes(61));
        all.round();
        all.round();
        assertEquals(List.of("Anna's phone"), uploadsWait());
        hosts(2);
        all.round();
        all.round();
        assertEquals(List.of(), uploadsWait());
    }

    private List<String> uploadsWait() {
        return bench.central.alerts.list(AlertState.OPEN, null, 100).stream()
                .filter(alert -> alert.kind() == AlertKind.UPLOADS_WAIT)
                .map(Alert::name)
                .toList();
    }

    @Test
    void centralThatForgotWhatItKnewAsABackupApplicationLearnsItAgain() throws Exception {
        hosts(2);
        upload("one.jpg", "first");
        delete(folder.resolve("home/devices/" + phone.number() + "/source"));
        upload("two.jpg", "second");

        assertEquals(
                List.of("one.jpg", "two.jpg"),
                files().files().stream().map(DeviceFiles.Line::name).toList());
    }

    @Test
    void sameNameIsAnotherVersionThoughBothWaitTogether() throws Exception {
        upload("note", "one");
        upload("note", "three");
        hosts(2);
        all.round();

        List<VersionLine> versions = bench.central.browsing.versions("anna", phone.number(), "/note");
        assertEquals(
                List.of(3L, 5L),
                versions.stream().map(each -> each.entry().size()).toList());
    }

    @Test
    void deletedFileLeavesTheNewestSnapshotAlone() throws Exception {
        hosts(2);
        upload("note", "one");
        all.devices.delete("anna", phone.number(), "note");

        assertEquals(List.of(), files().files());
        assertEquals(
                2,
                bench.central.browsing.versions("anna", phone.number(), "/note").size());
        Bench.refused(ProblemKind.NOT_FOUND, () -> content("nothing"));
    }

    @Test
    void uploadThatBreaksOffOrHasNoNameLeavesNothing() throws Exception {
        Bench.refused(ProblemKind.BAD_REQUEST, () -> upload("../up", "x"));
        ProblemException problem = Bench.refused(
                ProblemKind.BAD_REQUEST,
                () -> all.devices.receive("anna", phone.number(), new UploadRequest("half", 10, null), octets("only")));
        assertEquals("body", problem.problem().field());
        Bench.refused(
                ProblemKind.BAD_REQUEST,
                () -> all.devices.receive("anna", phone.number(), new UploadRequest("more", 2, null), octets("three")));
        assertEquals(List.of(), spooled());
        assertEquals(0, all.devices.find(phone.number()).waitingBytes());
    }

    @Test
    void limitsHoldBeforeAnythingIsTaken() throws Exception {
        Bench.refused(ProblemKind.TOO_LARGE, () -> upload("large", "x".repeat(3001)));
        upload("one", "x".repeat(2500));
        Bench.refused(ProblemKind.SPOOL_FULL, () -> upload("two", "x".repeat(2000)));
        upload("three", "x".repeat(1500));
        hosts(2);
        all.round();
        Bench.refused(ProblemKind.ALLOTMENT_USED_UP, () -> upload("four", "x".repeat(1500)));
        upload("five", "x".repeat(500));

        all.devices.add("anna", MAILS, "camera");
        Bench.refused(ProblemKind.ALLOTMENT_USED_UP, () -> all.devices.add("anna", MAILS, "printer"));
        Bench.refused(ProblemKind.NOT_ALLOWED, () -> all.devices.add("anna", Set.of(), "printer"));
        Bench.refused(ProblemKind.BAD_REQUEST, () -> all.devices.add("bob", Set.of("bob@example.org"), "a\nb"));
    }

    @Test
    void whoeverIsMadeTheOwnerLaterTakesARecovery() throws Exception {
        upload("note", "one");
        bench.central.systems.giveTo(phone.number(), "mallory@example.org", "admin");
        Bench.refused(ProblemKind.NOT_APPROVED, () -> content("note"));
        assertEquals(List.of(), all.devices.of(MAILS));
    }

    @Test
    void deviceIsNoMachineThatIsBackedUpByItself() throws Exception {
        assertEquals(0, bench.central.inventory.coverage().sources());
        Bench.refused(
                ProblemKind.BAD_REQUEST,
                () -> bench.central.jobs.order("anna", phone.number(), new JobRequest("RUN_NOW", null, null, null)));
        bench.clock.advance(java.time.Duration.ofDays(10));
        bench.central.alerts.look();
        assertFalse(bench.central.alerts.list(null, null, 100).stream()
                .anyMatch(alert -> alert.subject().equals("system " + phone.number())));
    }

    @Test
    void otherEscrowKeyGetsTheRingToo() {
        bench.central.database.durably(
                entities -> entities.createNativeQuery("update device set deposited = 'of before'")
                        .executeUpdate());
        all.round();
        assertEquals(2, bench.central.escrow.rings(phone.number()).size());
        all.round();
        assertEquals(2, bench.central.escrow.rings(phone.number()).size());
    }

    // ---- doing it

    private void hosts(int count) {
        for (int i = 0; i < count; i++) {
            shelves.add(bench.host("host" + i));
        }
    }

    private Upload upload(String name, String content) throws IOException {
        byte[] octets = content.getBytes(StandardCharsets.UTF_8);
        return all.devices.receive(
                "anna", phone.number(), new UploadRequest(name, octets.length, null), new ByteArrayInputStream(octets));
    }

    private static ByteArrayInputStream octets(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private DeviceFiles files() throws IOException {
        return all.devices.files("anna", phone.number(), null, 100);
    }

    private byte[] content(String name) throws IOException {
        try (DeviceFile file = all.devices.open("anna", phone.number(), name, null)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            file.writeTo(out);
            return out.toByteArray();
        }
    }

    /** Everything of the spool that is no folder of order. */
    private List<Path> spooled() throws IOException {
        try (Stream<Path> walk = Files.walk(folder.resolve("home/devices/" + phone.number()))) {
            return walk.filter(path -> path.toString().matches(".*/(waiting|incoming)/.*"))
                    .toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.sorted(java.util.Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
