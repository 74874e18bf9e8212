package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A machine is lost with its disk, its keys and all it remembered, and one of three hosts is dead. */
@ExtendWith(SharesRealm.class)
@LeavesRealm
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecoveryIT {
    private static final int FILES = 400;
    private static final int DEAD = 2;
    private static final int ALIVE = 3;

    private final Realm realm;
    private Lost archived;
    private Lost overSsh;
    private Lost replaced;
    private Lost taken;
    private Forgetful forgetful;

    RecoveryIT(Realm realm) {
        this.realm = realm;
    }

    @BeforeAll
    void loseMachines() throws IOException {
        archived = loseMachine("archive");
        replaced = loseMachine("place");
        if (Boolean.getBoolean("cranny.long")) {
            overSsh = loseMachine("ssh");
            taken = loseMachine("by-agent");
            forgetful = forgetfulMachine();
        }
    }

    /** One host and no other is dead, whatever the test before killed. */
    @BeforeEach
    void loseAHost() {
        if (realm.status().daemon(ALIVE).pid() <= 0) {
            realm.makeWhole();
        }
        if (realm.status().daemon(DEAD).pid() > 0) {
            realm.cluster().killDaemon(DEAD);
        }
    }

    @AfterAll
    void clear() {
        realm.clear();
    }

    @Test
    void centralBringsEverythingBackAsAnArchive() throws IOException {
        Lost lost = archived;
        delete(lost.home());
        Path archive = realm.emptyFolder("archive").resolve("machine.tar.gz");
        JsonObject report = adminSummary("recover", number(lost), "--archive", archive.toString());
        assertEquals("DONE", report.getString("state"));
        assertEquals(Files.size(archive), report.getJsonNumber("octets").longValue());
        assertFalse(report.getJsonArray("served").isEmpty());
        assertEqualInside(lost, unpack(archive));
    }

    @Test
    @LongForm
    void chosenPathsOfAnOldSnapshotComeBackAlone() throws IOException {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 40, 3);
        Path wanted = Contents.text(tree.resolve("wanted"), "old");
        Cranny source = realm.source();
        String old = BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
        Contents.text(wanted, "new");
        BackupAndRestoreIT.backUp(source, tree);
        Path archive = realm.emptyFolder("archive").resolve("one.zip");
        adminSummary(
                "recover",
                String.valueOf(system(source)),
                wanted.toString(),
                "--snapshot",
                old.substring(0, 10),
                "--archive",
                archive.toString());
        try (java.util.zip.ZipFile zip = new java.util.zip.ZipFile(archive.toFile())) {
            String name = Path.of("/").relativize(wanted).toString();
            assertEquals(
                    "old", new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8));
            assertEquals(1, zip.stream().filter(entry -> !entry.isDirectory()).count());
        }
    }

    @Test
    @LongForm
    void centralBringsEverythingBackOverSsh() throws IOException {
        Lost lost = overSsh;
        delete(lost.home());
        Path target = realm.emptyFolder("over there").resolve("it's new");
        try (Sshd sshd = Sshd.start(realm.emptyFolder("sshd"))) {
            Command.Outcome stranger = admin(ssh(lost, sshd, target, "SHA256:" + "A".repeat(43)));
            Claims.refusesInOneLine(1, stranger, "host key");
            assertFalse(Files.exists(target));
            Claims.done(admin(ssh(lost, sshd, target, sshd.fingerprint())));
            assertEqualInside(lost, target);
            Claims.done(admin(ssh(lost, sshd, target, sshd.knownHosts().toString())));
        }
    }

    @Test
    void anotherMachineTakesThePlaceAndRestoresItself() throws IOException {
        Lost lost = replaced;
        Path thief = realm.emptyFolder("thief").resolve("home");
        Claims.done(Command.run(Path.of("/"), List.of("cp", "-a", lost.home().toString(), thief.toString()), Map.of()));
        delete(lost.home());
        JsonObject recovery = adminSummary("recover", number(lost), "--token");
        String token = recovery.getString("token");
        Cranny replacement = realm.stranger();
        Path target = realm.emptyFolder("replacement");
        JsonObject summary = replacement.summaryOf(List.of(0), "recover", takeOver(token, target));
        assertEquals(lost.system(), summary.getJsonNumber("system").longValue());
        assertEquals(0, summary.getInt("failed"));
        assertEqualInside(lost, target);

        Claims.refusesInOneLine(1, realm.stranger().run("recover", takeOver(token, target)), "token");
        Cranny stolen = new Cranny(realm.repository(), thief);
        assertNotEquals(0, stolen.run("backup", lost.aside().toString()).exit());

        JsonObject next = BackupAndRestoreIT.backUp(replacement, lost.aside());
        assertEquals(lost.version() + 1, next.getInt("version"));
        assertEquals(
                2, lines(replacement.run("snapshots", "--json"), "snapshot").size());
    }

    @Test
    @LongForm
    void anotherMachinesAgentTakesThePlaceAndServesIt() throws Exception {
        Lost lost = taken;
        delete(lost.home());
        Cranny spare = realm.source();
        Path target = realm.emptyFolder("spare");
        Background agent = Background.start(spare.commandLine("agent"));
        try {
            JsonObject job = adminSummary(
                    "recover",
                    number(lost),
                    "--agent",
                    String.valueOf(system(spare)),
                    "--target",
                    target.toString(),
                    "--wait");
            assertEquals("DONE", job.getString("state"), job::toString);
            assertEquals(
                    lost.system(),
                    job.getJsonObject("summary").getJsonNumber("system").longValue());
            assertFalse(job.toString().contains("token"), "people do not see the token");
            assertEqualInside(lost, target);
            Path next = Contents.tree(realm.emptyFolder("next"), 10, 4);
            JsonObject backup = adminSummary("backup", number(lost), next.toString(), "--wait");
            assertEquals(lost.version() + 1, backup.getJsonObject("summary").getInt("version"));
        } finally {
            agent.interrupt();
            agent.end(Duration.ofSeconds(30));
        }
    }

    @Test
    @LongForm
    void aMachineThatLostItsHomeEnrollsAgainAndSendsNothingThatIsKept() throws IOException {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 120, 12);
        Cranny source = realm.source();
        JsonObject first = BackupAndRestoreIT.backUp(source, tree);
        long system = system(source);
        delete(source.home());
        String token =
                adminSummary("recover", String.valueOf(system), "--token").getString("token");
        JsonObject again = source.summaryOf(
                List.of(0),
                "enroll",
                realm.status().central().url(),
                "--recover",
                "--token",
                token,
                "--ca-fingerprint",
                realm.status().caFingerprint());
        assertEquals(system, again.getJsonNumber("system").longValue());
        assertEquals(1, again.getInt("snapshots"));
        JsonObject next = BackupAndRestoreIT.backUp(source, tree);
        assertEquals(first.getInt("version") + 1, next.getInt("version"));
        assertTrue(next.getInt("packs") <= 2, () -> "data is sent again: " + next);
        Path target = realm.emptyFolder("restored");
        Claims.done(source.run("restore", "latest", "--target", target.toString()));
        Claims.restoredEqual(tree, target);
    }

    @Test
    @LongForm
    void aMachineThatForgotItsBackupsAsksCentral() throws IOException {
        Cranny source = forgetful.source();
        String snapshot = forgetful.snapshot();
        Path tree = forgetful.tree();
        assertEquals(
                snapshot,
                lines(source.run("snapshots", "--json"), "snapshot").get(0).getString("snapshot"));
        Path target = realm.emptyFolder("restored");
        Claims.done(source.run("restore", "latest", "--target", target.toString()));
        Claims.restoredEqual(tree, target);
        JsonObject again = BackupAndRestoreIT.backUp(source, tree);
        assertEquals(2, again.getInt("version"));
        assertTrue(again.getInt("packs") <= 2, () -> "data is sent again: " + again);
    }

    @Test
    @LongForm
    void peopleBrowseWithoutWakingAHost() throws IOException {
        Path tree = Files.createDirectory(realm.emptyFolder("tree").resolve("data"));
        Contents.text(tree.resolve("report.txt"), "first");
        Contents.text(tree.resolve("same"), "same");
        Cranny source = realm.source();
        String first = BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
        Contents.text(tree.resolve("report.txt"), "second version");
        Contents.text(tree.resolve("added.txt"), "added");
        String second = BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
        Traffic before = realm.traffic();
        String number = String.valueOf(system(source));

        assertEquals(2, lines(admin("snapshots", number, "--json"), "snapshot").size());
        assertEquals(
                List.of(tree + "/added.txt", tree + "/report.txt", tree + "/same"),
                paths(admin("ls", number, "latest", tree.toString(), "--json"), "entry"));
        assertEquals(
                List.of(tree + "/added.txt", tree + "/report.txt"),
                paths(admin("find", number, second, "*.txt", "--json"), "entry"));
        List<JsonObject> versions = lines(admin("versions", number, tree + "/report.txt", "--json"), "version-of");
        assertEquals(2, versions.size());
        assertEquals(first, versions.get(0).getString("firstSnapshot"));
        assertEquals(14, versions.get(1).getJsonObject("entry").getInt("size"));
        List<String> changes = lines(admin("diff", number, first, second, "--json"), "change").stream()
                .map(change -> change.getString("change") + " " + change.getString("path"))
                .filter(change -> change.endsWith(".txt"))
                .toList();
        assertEquals(List.of("added " + tree + "/added.txt", "changed " + tree + "/report.txt"), changes);
        JsonObject why = lines(admin("explain", number, "latest", tree + "/same", "--json"), "explanation")
                .get(0);
        assertEquals(first, why.getString("sinceSnapshot"));
        assertEquals(1, why.getInt("losses"));
        assertEquals(
                2,
                why.getJsonArray("packs").getJsonObject(0).getJsonArray("hosts").size());
        Path policy = Contents.text(
                realm.emptyFolder("policy").resolve("policy.json"),
                "{\"paths\": [\"" + tree + "\", \"/nowhere\"], \"excludes\": [\"*.txt\"]}");
        Claims.done(admin("policy", "set", "system", number, policy.toString()));
        JsonObject forecast =
                lines(admin("policy", "forecast", number, "--json"), "forecast").get(0);
        assertEquals(1, forecast.getInt("files"));
        assertEquals(4, forecast.getInt("bytes"));
        assertEquals(2, forecast.getInt("leftOut"));
        assertEquals("/nowhere", forecast.getJsonArray("missing").getString(0));
        assertTrue(forecast.getBoolean("complete"));
        Claims.done(admin("policy", "unset", "system", number));
        assertEquals(0, realm.traffic().since(before).getBytes());

        assertEquals(
                List.of(tree + "/added.txt", tree + "/report.txt"),
                paths(source.run("find", second, "*.txt", "--json"), "entry"));
        assertEquals(
                2,
                lines(source.run("versions", tree + "/report.txt", "--json"), "version-of")
                        .size());
        assertTrue(source.run("diff", first, second).output().contains("M " + tree + "/report.txt"));
        Claims.refusesInOneLine(1, admin("ls", number, "latest", "/nothing/here"), "no folder");
    }

    /** Each machine is a source and a host; there are no others. */
    @Test
    @LongForm
    void eitherOfTwoMachinesThatHostEachOtherComesBack() throws IOException {
        realm.makeWhole();
        realm.cluster().killDaemon(ALIVE);
        realm.awaitState("daemon-3", "SUSPECT");
        List<Lost> machines = List.of(loseMachine("first"), loseMachine("second"));
        for (int index = 0; index < machines.size(); index++) {
            Lost lost = machines.get(index);
            delete(lost.home());
            realm.cluster().killDaemon(index + 1);
            Path archive = realm.emptyFolder("archive").resolve("machine.tar");
            adminSummary("recover", number(lost), "--archive", archive.toString());
            assertEqualInside(lost, unpack(archive));
            realm.cluster().startDaemon(index + 1);
        }
    }

    /** A Debian root as debootstrap makes it. */
    @Test
    @LongForm
    void aWholeDebianComesBack() throws IOException {
        realm.makeWhole();
        Path root = realm.emptyFolder("debian").resolve("root");
        Command.Outcome made = Command.run(
                Path.of("/"), List.of("debootstrap", "--variant=minbase", "bookworm", root.toString()), Map.of());
        Assumptions.assumeTrue(made.exit() == 0, "debootstrap cannot reach its mirror");
        Lost lost = lose(root);
        realm.cluster().killDaemon(ALIVE);
        Path archive = realm.emptyFolder("archive").resolve("debian.tar.zst");
        adminSummary("recover", number(lost), "--archive", archive.toString());
        Path back = unpack(archive);
        assertEqualInside(lost, back);
        String rooted = Claims.below(back, lost.tree()).toString();
        Command.Outcome verified = Command.run(Path.of("/"), List.of("chroot", rooted, "dpkg", "--verify"), Map.of());
        Claims.done(verified);
        assertEquals("", verified.output());
    }

    // ---- losing a machine

    /** What is left of a lost machine: where its files were, and what they were. */
    private record Lost(long system, int version, Path home, Path tree, Path aside) {}

    /** Without what tar has no form for: sockets, and paths of more than 4,096 octets. */
    private Lost loseMachine(String name) throws IOException {
        Path tree = realm.emptyFolder(name).resolve("tree");
        new TortureTree(FILES, 24L << 20, 5).make(Files.createDirectory(tree));
        Claims.done(Command.run(tree, List.of("find", ".", "-type", "s", "-delete"), Map.of()));
        Claims.done(Command.run(tree, List.of("rm", "-r", "odd/deep"), Map.of()));
        return lose(tree);
    }

    private Lost lose(Path tree) throws IOException {
        Cranny source = realm.source();
        int version = BackupAndRestoreIT.backUp(source, tree).getInt("version");
        long system = system(source);
        Path aside = tree.resolveSibling("aside");
        Files.move(tree, aside);
        return new Lost(system, version, source.home(), tree, aside);
    }

    /** A machine that has its keys and its files, and remembers no backup. */
    private record Forgetful(Cranny source, String snapshot, Path tree) {}

    private Forgetful forgetfulMachine() throws IOException {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 120, 9);
        Cranny source = realm.source();
        String snapshot = BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
        forget(source.home());
        return new Forgetful(source, snapshot, tree);
    }

    private static void forget(Path home) throws IOException {
        for (String part : List.of("index", "packs", "cache", "spool", "snapshots", "journal", "holdings", "epoch")) {
            delete(home.resolve(part));
        }
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    // ---- asking

    private static String number(Lost lost) {
        return String.valueOf(lost.system());
    }

    private static long system(Cranny source) throws IOException {
        return Json.object(Files.readString(source.home().resolve("config.json")))
                .getJsonNumber("system")
                .longValue();
    }

    private String[] takeOver(String token, Path target) {
        ClusterStatus status = realm.status();
        return new String[] {
            status.central().url(),
            "--token",
            token,
            "--ca-fingerprint",
            status.caFingerprint(),
            "--target",
            target.toString()
        };
    }

    private String[] ssh(Lost lost, Sshd sshd, Path target, String hostKey) {
        return new String[] {
            "recover",
            number(lost),
            "--ssh",
            sshd.address(),
            "--target",
            target.toString(),
            "--host-key",
            hostKey,
            "--ssh-key",
            sshd.clientKey().toString()
        };
    }

    private Command.Outcome admin(String... arguments) throws IOException {
        ClusterStatus status = realm.status();
        Path password = realm.emptyFolder("password").resolve("password");
        Files.writeString(password, status.central().password() + "\n");
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--url",
                status.central().url(),
                "--user",
                status.central().user(),
                "--password-file",
                password.toString(),
                "--ca-fingerprint",
                status.caFingerprint()));
        return realm.stranger().run("admin", all.toArray(String[]::new));
    }

    private JsonObject adminSummary(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        Command.Outcome outcome = admin(all.toArray(String[]::new));
        Claims.done(outcome);
        return Cranny.summary(outcome);
    }

    private static List<JsonObject> lines(Command.Outcome outcome, String type) {
        Claims.done(outcome);
        return Json.ofType(outcome.output(), type);
    }

    private static List<String> paths(Command.Outcome outcome, String type) {
        return lines(outcome, type).stream().map(line -> line.getString("path")).toList();
    }

    // ---- comparing

    private Path unpack(Path archive) {
        Path target = realm.emptyFolder("unpacked");
        Claims.done(Command.run(
                target,
                List.of(
                        "tar",
                        "-xpf",
                        archive.toString(),
                        "--numeric-owner",
                        "--same-owner",
                        "--xattrs",
                        "--xattrs-include=*",
                        "--acls"),
                Map.of()));
        return target;
    }

    private static void assertEqualInside(Lost lost, Path target) throws IOException {
        assertEquals(List.of(), TreeComparison.compare(lost.aside(), Claims.below(target, lost.tree())));
    }
}
