package org.cranny.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.cranny.client.home.Home;
import org.cranny.client.home.HomeLock;
import org.cranny.client.machine.Machine;
import org.cranny.client.policy.UsualBackup;
import org.cranny.client.report.Screen;
import org.cranny.client.stub.StubCentral;
import org.cranny.client.stub.StubHost;
import org.cranny.client.stub.TestRealm;
import org.cranny.engine.posix.PathBytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backup, listing, check and restore through the command line, against hosts over real TLS. */
class RoundTripTest {
    @TempDir
    Path folder;

    private final TestRealm realm = new TestRealm();
    private StubCentral central;
    private StubHost first;
    private StubHost second;
    private Path home;
    private Path tree;

    @BeforeEach
    void start() throws Exception {
        central = StubCentral.start(realm);
        first = StubHost.start(realm.machine(2));
        second = StubHost.start(realm.machine(3));
        central.masterFile(realm.masterFile(
                        1,
                        Map.of(
                                2L,
                                TestRealm.hostLine(2, first.url().toString()),
                                3L,
                                TestRealm.hostLine(3, second.url().toString())))
                .text());
        home = folder.resolve("home");
        tree = Files.createDirectory(folder.resolve("tree"));
        byte[] noise = new byte[3_000_000];
        new Random(1).nextBytes(noise);
        Files.write(tree.resolve("noise"), noise);
        Path program = Files.writeString(tree.resolve("program"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-x--x"));
        run(
                        "enroll",
                        central.peopleUrl().toString(),
                        "--token",
                        StubCentral.TOKEN,
                        "--ca-fingerprint",
                        realm.fingerprint())
                .done();
    }

    @AfterEach
    void stop() {
        central.close();
        first.close();
        second.close();
    }

    @Test
    void restoresWhatItBackedUpWithCentralAndOneHostGone() throws Exception {
        JsonObject summary = run("backup", tree.toString(), "--tag", "monday", "--json")
                .done()
                .json();
        assertEquals("summary", summary.getString("type"));
        assertEquals(2, summary.getInt("files"));
        assertEquals(2, summary.getInt("copies"));
        assertTrue(summary.getBoolean("committed"));
        assertTrue(summary.getBoolean("allOnOneMachine"));
        central.close();
        first.close();
        String snapshot = summary.getString("snapshot");
        Path target = folder.resolve("restored");
        Ran restored = run("restore", snapshot.substring(0, 8), "--target", target.toString(), "--json");
        assertEquals(0, restored.exitCode(), restored::toString);
        assertEquals(2, restored.json().getInt("files"));
        Path back = target.resolve(Path.of("/").relativize(tree));
        assertEquals(-1, Files.mismatch(tree.resolve("noise"), back.resolve("noise")));
        assertEquals(
                "rwxr-x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(back.resolve("program"))));
        run("restore", "latest", "--target", tree.toString()).refuses(1, "not empty", "--overwrite");
    }

    @Test
    void aRestoreWaitsForABackupThatEndsSoonAndSaysSo() throws Exception {
        run("backup", tree.toString()).done();
        HomeLock backup = Home.at(home).lock("backup");
        ByteArrayOutputStream said = new ByteArrayOutputStream() {
            @Override
            public void flush() throws IOException {
                backup.close();
            }
        };
        Path target = folder.resolve("restored");
        Screen screen = new Screen(
                new PrintStream(OutputStream.nullOutputStream()),
                new PrintStream(said, true, StandardCharsets.UTF_8),
                false,
                80);
        String[] words = {"restore", "--home", home.toString(), "latest", "--target", target.toString()};
        assertEquals(0, Main.run(screen, new Interruption(screen), words), said::toString);
        String first = said.toString(StandardCharsets.UTF_8).lines().findFirst().orElse("");
        assertTrue(first.startsWith("Waiting for the backup of this machine"), first);
        Path back = target.resolve(Path.of("/").relativize(tree));
        assertEquals(-1, Files.mismatch(tree.resolve("noise"), back.resolve("noise")));
    }

    @Test
    void anOwnerPausesLimitsAndHolds() {
        assertTrue(run("pause", "--for", "2h").done().out().startsWith("Paused by its owner until "));
        JsonObject paused = run("status", "--json").done().json();
        assertEquals("PAUSED", paused.getString("held"));
        assertEquals(
                Duration.ofHours(2),
                Duration.between(
                        Instant.parse(paused.getString("heldSince")), Instant.parse(paused.getString("heldUntil"))));
        run("pause", "--for", "8d").refuses(2, "7 days at most");
        run("backup", tree.toString()).done();
        assertTrue(run("resume", "--json").done().json().getBoolean("was"));
        assertEquals("It was not paused.\n", run("resume").done().out());
        run("limit", "--upload", "10").refuses(2, "below 1k");
        assertEquals(
                "This machine sends 2.00 MB/s at most and fetches as fast as it can.\n",
                run("limit", "--upload", "2M", "--download", "none").done().out());
        assertEquals(2_000_000, run("status", "--json").done().json().getInt("uploadBytesPerSecond"));
        assertEquals(
                "NEVER",
                run("hold", "--on-battery", "never", "--json").done().json().getString("battery"));
        run("hold", "--in-use", "perhaps").refuses(2, "go, wait and never");
    }

    @Test
    void asksAgainWhenAConnectionBreaks() throws Exception {
        run("backup", tree.toString()).done();
        second.close();
        first.breakAnswers(1);
        Ran restored =
                run("restore", "latest", "--target", folder.resolve("restored").toString());
        assertEquals(0, restored.exitCode(), restored::toString);
    }

    @Test
    void restoresAPartOverWhatIsThereAndTakesTheRestAway() throws Exception {
        run("backup", tree.toString()).done();
        Path target = folder.resolve("restored");
        Path back = target.resolve(Path.of("/").relativize(tree));
        String[] restore = {"restore", "latest", tree.toString(), "--target", target.toString()};
        assertEquals(
                1,
                run(with(restore, "--include", "prog*", "--json")).done().json().getInt("files"));
        Files.writeString(back.resolve("program"), "mine");
        Files.writeString(back.resolve("other"), "other");
        run(with(restore, "--delete")).refuses(2, "--overwrite");
        run(with(restore, "--overwrite=sometimes")).refuses(2, "always, if-changed or never");
        JsonObject would = run(with(restore, "--overwrite", "--delete", "--dry-run", "--json"))
                .done()
                .json();
        assertEquals(1, would.getInt("deleted"));
        assertEquals(0, would.getInt("skipped"));
        assertTrue(Files.exists(back.resolve("other")));
        run(with(restore, "--overwrite", "never")).done();
        assertEquals("mine", Files.readString(back.resolve("program")));
        assertEquals(3_000_000, Files.size(back.resolve("noise")));
        run("restore", "--overwrite", "latest", "--delete", "--target", target.toString(), tree.toString())
                .done();
        assertEquals("#!/bin/sh\n", Files.readString(back.resolve("program")));
        assertTrue(Files.notExists(back.resolve("other")));
    }

    @Test
    void dumpsAFileAndAFolder() throws Exception {
        run("backup", tree.toString()).done();
        central.close();
        assertEquals(
                "#!/bin/sh\n",
                run("dump", "latest", tree.resolve("program").toString()).done().out());
        Path archive = folder.resolve("tree.zip");
        JsonObject summary = run("dump", "latest", tree.toString(), "-o", archive.toString(), "--json")
                .done()
                .json();
        assertEquals(2, summary.getInt("files"));
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            assertEquals(
                    3_000_000,
                    zip.getEntry(tree.toString().substring(1) + "/noise").getSize());
        }
        run("dump", "latest", "/no/such").refuses(1, "/no/such", "cranny ls");
        run("dump", "latest", "/", "--json").refuses(2, "--output");
        run("dump", "latest", "/", "--archive", "rar", "-o", archive.toString()).refuses(2, "tar.zst");
        JsonObject stats = run("stats", "--json").done().json();
        assertEquals(1, stats.getInt("snapshots"));
        assertEquals(2 * stats.getInt("storedBytes"), stats.getInt("allCopiesBytes"));
        assertTrue(run("stats").done().out().contains("ws-2"));
    }

    @Test
    void listsTheSnapshotsThatAreMeant() throws Exception {
        run("backup", tree.toString(), "--tag", "monday").done();
        run("backup", tree.resolve("program").toString()).done();
        assertEquals(1, lines(run("snapshots", "--tag", "monday", "--json")));
        assertEquals(1, lines(run("snapshots", "--path", tree.toString(), "--json")));
        assertEquals(2, lines(run("snapshots", "--from", "2020-01-31", "--json")));
        assertEquals(0, lines(run("snapshots", "--until", "2020-01-31T00:00:00Z", "--json")));
        assertEquals(1, lines(run("snapshots", "--last", "1", "--json")));
        run("snapshots", "--from", "yesterday").refuses(2, "2026-01-31");
        assertTrue(run("snapshots", "--tag", "friday").done().out().contains("None"));
    }

    @Test
    void readsAShareOfTheData() throws Exception {
        run("backup", tree.toString()).done();
        assertTrue(run("check", "--read-data=100%", "--json").done().json().getInt("bytes") > 1_500_000);
        run("check", "--read-data", "latest").done();
        long one = run("check", "--read-data", "--json").done().json().getInt("bytes");
        long all = run("check", "--read-data", "--every-copy", "--json")
                .done()
                .json()
                .getInt("bytes");
        assertTrue(one < all * 2 / 3, () -> one + " octets came of one copy of each pack, " + all + " of every copy");
        run("check", "--every-copy").refuses(2, "--read-data");
        run("check", "--read-data=0.001%", "latest").done();
        run("check", "--read-data=lots").refuses(2, "5%");
    }

    @Test
    void hostsProveWhatTheyKeepALineForEach() throws Exception {
        run("backup", tree.toString()).done();
        String said = run("check", "--hosts").done().out();
        assertTrue(said.lines().anyMatch(line -> line.matches("ws-3 +\\d+ +\\d+ +0 +0 .*B")), said);
        assertTrue(said.contains("read by their hosts"), said);
        second.kept().remove(second.kept().keySet().iterator().next());
        Ran check = run("check", "--hosts", "--json");
        assertEquals(1, check.exitCode(), check::toString);
        JsonObject host = check.json().getJsonArray("hosts").getJsonObject(1);
        assertEquals("ws-3", host.getString("hostName"));
        assertEquals(1, host.getInt("missing"));
        assertTrue(central.paths().contains("POST /api/v1/findings"), "central hears of it");
        run("check", "--hosts", "--read-data").refuses(2, "give one");
    }

    @Test
    void filesComeBackOnTrialAndAreGoneAgain() throws Exception {
        run("check", "--trial-restore").refuses(1, "no snapshot");
        run("backup", tree.toString()).done();
        central.close();
        JsonObject summary =
                run("check", "--trial-restore=100%", "--json").done().json();
        assertEquals(2, summary.getInt("files"));
        assertEquals(2, summary.getInt("compared"));
        assertTrue(Files.notExists(home.resolve("trial-restore")));
        assertTrue(run("check", "latest", "--trial-restore").done().out().contains("2 files"));
        run("check", "--trial-restore=5").refuses(1, "was drawn");
        for (String sample : List.of("0%", "101%", "0", "-1", "some")) {
            run("check", "--trial-restore=" + sample).refuses(2, "is no sample");
        }
    }

    private static long lines(Ran ran) {
        return ran.done().out().lines().count();
    }

    private static String[] with(String[] command, String... more) {
        return Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void listsSnapshotsPlacesAndFiles() throws Exception {
        String snapshot = run("backup", tree.toString(), "--tag", "monday", "--json")
                .done()
                .json()
                .getString("snapshot");
        central.close();
        Ran snapshots = run("snapshots").done();
        assertTrue(snapshots.out().contains(snapshot.substring(0, 8)), snapshots::toString);
        assertTrue(
                snapshots.out().contains("monday") && snapshots.out().contains(tree.toString()), snapshots::toString);
        JsonObject where = run("snapshots", "--where", "--json").done().json();
        assertEquals(2, where.getInt("copies"));
        assertEquals(2, where.getJsonArray("hosts").size());
        assertEquals("ws-2", where.getJsonArray("hosts").getJsonObject(0).getString("name"));
        assertTrue(run("snapshots", "--where").done().out().contains("ws-3"));
        String listing = run("ls", "latest", tree.toString(), "-l").done().out();
        assertTrue(
                listing.lines().anyMatch(line -> line.startsWith("-rwxr-x--x ") && line.endsWith(" program")), listing);
        JsonObject entry = run("ls", "latest", tree.resolve("noise").toString(), "--json")
                .done()
                .json();
        assertEquals(3_000_000, entry.getInt("size"));
        run("ls", "latest", "/no/such").refuses(1, "/no/such");
        JsonObject status = run("status", "--hosts", "--json").done().json();
        assertTrue(status.getJsonArray("hosts")
                        .getJsonObject(0)
                        .getJsonObject("counters")
                        .getInt("putRequests")
                > 0);
    }

    @Test
    void namesTheHostThatLostAPack() throws Exception {
        run("backup", tree.toString()).done();
        run("check", "--quiet").done();
        run("check", "--read-data", "--quiet").done();
        second.kept().clear();
        Ran check = run("check", "--json");
        assertEquals(1, check.exitCode(), check::toString);
        assertEquals(false, check.json().getBoolean("sound"));
        assertEquals(
                "ws-3", check.json().getJsonArray("findings").getJsonObject(0).getString("hostName"));
        assertTrue(central.paths().contains("POST /api/v1/findings"), "central hears of it");
    }

    @Test
    void tellsCentralWhatARestoreFoundAndKeepsItWhileCentralIsAway() throws Exception {
        run("backup", tree.toString()).done();
        central.hearFindings(false);
        StubHost asked = loseOnTheHostThatIsAsked();
        assertEquals(1, files(home.resolve("findings")).size(), "what nobody could be told of is kept");
        central.hearFindings(true);
        Path more = folder.resolve("more");
        Ran again = run("restore", "latest", "--target", more.toString());
        assertEquals(0, again.exitCode(), again::toString);
        assertTrue(again.out().contains("Central was told of"), again::toString);
        assertEquals(List.of(), files(home.resolve("findings")));
        List<String> told = central.seen().stream()
                .filter(each -> each.path().equals("/api/v1/findings"))
                .map(StubCentral.Seen::body)
                .toList();
        int host = asked == first ? 2 : 3;
        assertTrue(told.get(told.size() - 1).contains("\"host\":" + host), told::toString);
        long before = told.size();
        run("backup", tree.toString()).done();
        assertEquals(
                before,
                central.paths().stream()
                        .filter(each -> each.equals("POST /api/v1/findings"))
                        .count());
    }

    @Test
    void centralHearsOfEveryRestoreOnceAndLaterWhenItWasAway() throws Exception {
        run("backup", tree.toString()).done();
        String snapshot = run("snapshots", "--json").done().json().getString("snapshot");
        run("restore", "latest", "--target", folder.resolve("dry").toString(), "--dry-run")
                .done();
        assertEquals(List.of(), told(), "nothing was restored");
        central.hearRestores(false);
        run("restore", "latest", "--target", folder.resolve("one").toString()).done();
        assertEquals(1, files(home.resolve("restores")).size(), "what nobody could be told of is kept");
        central.hearRestores(true);
        int before = told().size();
        run("restore", "latest", "--target", folder.resolve("two").toString()).done();
        String both = told().get(before);
        assertEquals(before + 1, told().size(), "both in one request");
        assertEquals(2, both.split("\"snapshot\":\"" + snapshot + "\"", -1).length - 1, both);
        assertEquals(2, both.split("\"files\":2", -1).length - 1, both);
        assertFalse(both.contains(folder.toString()) || both.contains("noise"), "no names");
        assertEquals(List.of(), files(home.resolve("restores")));
        run("restore", "latest", "--target", tree.toString()).refuses(1, "not empty");
        run("backup", tree.toString()).done();
        assertFalse(told().get(before + 1).contains("\"ended\""), "one that did not come to its end is told of, too");
        run("backup", tree.toString()).done();
        assertEquals(before + 2, told().size(), "nothing is told twice");
    }

    @Test
    void aRestoreWhoseProcessIsGoneIsToldOfAndOneThatRunsIsNot() throws Exception {
        run("backup", tree.toString()).done();
        Path notes = Files.createDirectories(home.resolve("restores"));
        String note = "{\"began\":1,\"bytes\":0,\"failed\":0,\"files\":0,\"id\":\"%s\",\"snapshot\":\"%s\"}";
        String gone = "00000000-0000-0000-0000-000000000001";
        String runs = "00000000-0000-0000-0000-000000000002";
        Files.writeString(notes.resolve("running-999999999-" + gone), String.format(note, gone, "ab".repeat(32)));
        Path running = Files.writeString(
                notes.resolve("running-" + ProcessHandle.current().pid() + "-" + runs),
                String.format(note, runs, "ab".repeat(32)));
        run("backup", tree.toString()).done();
        assertEquals(1, told().size());
        assertTrue(told().get(0).contains(gone) && !told().get(0).contains(runs), told()::toString);
        assertEquals(List.of(running), files(notes));
    }

    private List<String> told() {
        return central.seen().stream()
                .filter(each -> each.path().equals("/api/v1/restores"))
                .map(StubCentral.Seen::body)
                .toList();
    }

    /** Each pack is asked of one host first; restores with the packs of one host gone and returns that host. */
    private StubHost loseOnTheHostThatIsAsked() throws Exception {
        for (StubHost host : List.of(first, second)) {
            Map<String, byte[]> kept = Map.copyOf(host.kept());
            host.kept().clear();
            Path target = folder.resolve("restored-" + host.url().getPort());
            Ran restored = run("restore", "latest", "--target", target.toString());
            assertEquals(0, restored.exitCode(), restored::toString);
            if (central.paths().contains("POST /api/v1/findings")) {
                return host;
            }
            host.kept().putAll(kept);
        }
        throw new AssertionError("no host was asked");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void namesTheHostWhoseBitsFlipped() throws Exception {
        run("backup", tree.toString()).done();
        first.kept().replaceAll((id, octets) -> {
            octets[octets.length / 2] ^= 1;
            return octets;
        });
        Ran check = run("check", "--read-data");
        assertEquals(1, check.exitCode(), check::toString);
        assertTrue(check.err().contains("ws-2"), check::toString);
    }

    @Test
    void commitsLaterWhatItBackedUpWithoutCentral() throws Exception {
        run("backup", tree.toString()).done();
        central.close();
        Files.writeString(tree.resolve("more"), "more");
        Ran alone = run("backup", tree.toString(), "--json");
        assertEquals(0, alone.exitCode(), alone::toString);
        assertEquals(false, alone.json().getBoolean("committed"));
        assertTrue(run("snapshots").done().out().contains("central does not know it yet"));
    }

    @Test
    void backsUpExactlyTheFilesOfAList() throws Exception {
        Path list = Files.writeString(
                folder.resolve("list"), tree.resolve("program") + "\n\n" + tree.resolve("gone") + "\n");
        Ran some = run("backup", "--files-from", list.toString(), "--json");
        assertEquals(3, some.exitCode(), some::toString);
        assertEquals(1, some.json().getInt("files"));
        assertEquals(1, some.json().getInt("unread"));
        assertTrue(some.out().contains("gone"), some::toString);
        Path list0 = Files.writeString(
                folder.resolve("list0"), tree.resolve("noise") + "\0" + tree.resolve("program") + "\0");
        JsonObject both = run("backup", "--files-from", list0.toString(), "--from0", "--json")
                .done()
                .json();
        assertEquals(2, both.getInt("files"));
        Files.writeString(list, "\n");
        run("backup", "--files-from", list.toString()).refuses(2, "empty");
        run("backup", "--files-from", "/no/such/list").refuses(1, "/no/such/list");
    }

    @Test
    void whatACommandPrintsIsTheOnlyFileOfItsSnapshot() throws Exception {
        run("backup", tree.toString(), "--jobs", "3").done();
        String noise = tree.resolve("noise").toString();
        String[] backup = {"backup", "--stdin-filename=/dumps/shop.sql", "--stdin-from-command", "--json"};
        JsonObject summary = run(with(backup, "--", "cat", noise)).done().json();
        assertEquals(1, summary.getInt("files"));
        assertEquals(3_000_000, summary.getInt("bytes"));
        assertTrue(summary.getInt("storedBytes") < 300_000, "the octets are known already: " + summary);
        Path target = folder.resolve("restored");
        run("restore", "latest", "--target", target.toString(), "--jobs", "1").done();
        Path back = target.resolve("dumps/shop.sql");
        assertEquals(-1, Files.mismatch(tree.resolve("noise"), back));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(back)));
        assertEquals(1, lines(run("snapshots", "--path", "/dumps/shop.sql", "--json")));
        assertTrue(run("snapshots").done().out().contains(" dumps/shop.sql"));
        try (Machine machine = Machine.open(Home.at(home))) {
            List<String> usual = UsualBackup.atHand(machine).texts();
            assertEquals(List.of(tree.toString()), usual, "what came in cannot be looked at again");
        }

        Ran failed = run(with(backup, "--", "sh", "-c", "echo half; echo no such table >&2; exit 3"));
        assertEquals(8, failed.exitCode(), failed::toString);
        assertEquals("PRODUCER_FAILED", failed.json().getString("kind"));
        assertTrue(failed.out().contains("sh: no such table"), failed::toString);
        run("backup", "--stdin-from-command", "--", "/no/such/program").refuses(8, "could not be started");
        assertEquals(2, lines(run("snapshots", "--json")), "half a dump is no snapshot");
    }

    @Test
    void whatComesInOnStandardInputIsDumpedAgain() throws Exception {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream("CREATE TABLE shop;\n".getBytes(StandardCharsets.UTF_8)));
            run("backup", "--stdin").done();
        } finally {
            System.setIn(before);
        }
        assertEquals(
                "CREATE TABLE shop;\n", run("dump", "latest", "/stdin").done().out());
    }

    @Test
    void refusesWhatCannotComeIn() throws Exception {
        run("backup", "--stdin", tree.toString()).refuses(2, "leave the paths out");
        run("backup", "--stdin", "--stdin-from-command", "--", "true").refuses(2, "not both");
        run("backup", "--stdin-from-command").refuses(2, "needs a command");
        run("backup", "--stdin", "--one-file-system").refuses(2, "all of the snapshot");
        run("backup", "--stdin", "--policy").refuses(2, "all of the snapshot");
        run("backup", tree.toString(), "--stdin-filename", "db").refuses(2, "--stdin");
        for (String name : List.of("", "/", "dumps/", "a/../b", ".", "x".repeat(256))) {
            run("backup", "--stdin", "--stdin-filename", name).refuses(2, "no name for a file");
        }
        for (String jobs : List.of("0", "-1", "33", "many")) {
            run("backup", tree.toString(), "--jobs", jobs).refuses(2, "--jobs");
            run("restore", "latest", "--target", folder.resolve("none").toString(), "--jobs", jobs)
                    .refuses(2, "--jobs");
        }
    }

    @Test
    void asksForAFreshMasterFileWhenItIsTold() throws Exception {
        run("backup", tree.toString(), "--fresh-master-file").done();
        central.close();
        run("backup", tree.toString(), "--fresh-master-file").refuses(1, "cannot be reached");
        assertEquals(0, run("backup", tree.toString()).exitCode());
    }

    @Test
    void sendsNothingOnADryRun() throws Exception {
        JsonObject summary =
                run("backup", "--dry-run", tree.toString(), "--json").done().json();
        assertTrue(summary.getInt("newBytes") > 3_000_000);
        assertTrue(first.kept().isEmpty() && second.kept().isEmpty());
        assertTrue(run("snapshots").done().out().contains("no snapshot yet"));
    }

    @Test
    void backsUpAFolderWhoseNameIsNoText() throws Exception {
        byte[] name = PathBytes.join(PathBytes.of(tree), new byte[] {'n', (byte) 0xff, '\\', '1'});
        Path odd = Files.createDirectory(PathBytes.toPath(name));
        Files.writeString(odd.resolve("file"), "inside");
        run("backup", tree.toString()).done();
        String listing = run("ls", "latest", "-R", tree.toString()).done().out();
        assertTrue(listing.contains("n\\xFF\\\\1/file"), listing);
    }

    private Ran run(String... arguments) {
        return Ran.here(home, arguments);
    }
}
