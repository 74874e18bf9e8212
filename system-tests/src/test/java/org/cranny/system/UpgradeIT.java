package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cranny.cluster.Await;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A machine that central installed takes newer versions, and goes back from bad ones, by itself. */
@LongForm
class UpgradeIT {
    private static final String NAME = "bare-upgraded";
    private static final Duration LONG = Duration.ofMinutes(10);

    private final OfficeNetwork network = OfficeNetwork.make(Realm.PORT_BASE / 1000 + 100);
    private final Realm realm = new Realm(network.address(), Realm.PORT_BASE + 600, Realm.DAEMONS);
    private Path folder;
    private Path key;
    private Path ours;
    private Path theirs;
    private BareMachine machine;
    private Cranny person;
    private final List<Path> made = new ArrayList<>();

    @BeforeEach
    void build() throws IOException {
        realm.makeWhole();
        folder = realm.emptyFolder("machine");
        person = realm.stranger();
        ours = folder.resolve("release-key");
        theirs = folder.resolve("another-key");
        pack("--as-built", "--new-key", ours.toString());
        pack("--as-built", "--new-key", theirs.toString());
        pack("--as-built", "--sign", ours.toString());
        key = folder.resolve("key");
        Claims.done(Command.run(
                folder, List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()), Map.of()));
    }

    private void begin(BareMachine.Init init) throws IOException {
        machine = BareMachine.start(
                DebianRoot.make(folder.resolve("shared"), "openssh-server", "systemd-sysv", "dbus"),
                Files.createDirectories(folder.resolve("bare")),
                NAME,
                network.seat(),
                init,
                "",
                folder.resolve("key.pub"));
    }

    @AfterEach
    void end() throws IOException {
        if (machine != null) {
            machine.close();
        }
        realm.close();
        network.close();
        for (Path each : made) {
            Files.deleteIfExists(each);
        }
        try (Stream<Path> all = Files.list(packages())) {
            for (Path each :
                    all.filter(file -> file.toString().endsWith(".sig")).toList()) {
                Files.delete(each);
            }
        }
    }

    private Path packages() {
        return realm.repository().resolve("target/packages");
    }

    private void pack(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(realm.repository().resolve("bin/package").toString()));
        command.addAll(List.of(arguments));
        Claims.done(Command.run(realm.repository(), command, Map.of()));
    }

    @ParameterizedTest
    @EnumSource
    void newerVersionsComeWhileABackupRunsAndBadOnesGo(BareMachine.Init init) throws IOException {
        begin(init);
        String version = install();
        assertEquals(List.of(version, version), versions());
        assertEquals(List.of("CENTRAL", "CENTRAL"), members("upkeep"));

        String good = version + ".1";
        repack("cranny-daemon", version, good, ours, "");
        repack("cranny", version, good, ours, "");
        assertEquals(List.of("BEHIND", "BEHIND"), members("state"));
        look("behind-" + init, "/versions.xhtml");
        duringABackup(() -> {
            Command.Outcome upgraded = upgrade("--all");
            Claims.done(upgraded);
            assertEquals("DONE", report(upgraded).getString("state"), upgraded::output);
        });
        assertEquals(List.of(good, good), versions());
        assertEquals(List.of("CURRENT", "CURRENT"), members("state"));

        String ends = version + ".2";
        repack("cranny", version, ends, ours, "echo 'no such class: Main' >&2; exit 3");
        assertGoesBack("source", "it ended by itself: no such class: Main");
        Claims.done(machine.run(key, "echo CRANNY_UPGRADE_SECONDS=20 >/etc/cranny/upgrade.conf"));
        String mute = version + ".3";
        repack("cranny-daemon", version, mute, ours, "exec sleep 600");
        assertGoesBack("daemon", "central did not acknowledge it within 20 seconds");
        String foreign = version + ".4";
        repack("cranny", version, foreign, theirs, "");
        assertGoesBack("source", "the key of this program did not sign it");

        Command.Outcome older = upgrade(NAME, "--to", version);
        Claims.done(older);
        for (JsonObject line : lines(report(older))) {
            assertEquals("EXCLUDED", line.getString("state"), older::output);
            assertTrue(line.getString("reason").contains("nothing goes back to an older version"), older::output);
        }
        assertEquals(List.of(good, good), versions());
        look("after-" + init, "/versions.xhtml");
        look("went-back-" + init, "/versions.xhtml?id=2");
        realm.awaitState(NAME, "ACCEPTING");
        Claims.done(machine.run(key, "CRANNY_HOME=/var/lib/cranny/source cranny backup /etc"));
    }

    /** The page for administrators, wide and light, narrow and dark. */
    private void look(String name, String page) {
        String central = realm.status().central().url();
        try (Browser browser = new Browser(realm.emptyFolder("browser"))) {
            browser.show(1280, 900, false);
            browser.open(central + page);
            browser.logIn(
                    realm.status().central().user(), realm.status().central().password());
            for (int width : List.of(1280, 360)) {
                browser.show(width, 800, width == 360);
                browser.open(central + page);
                assertTrue(browser.texts("main").toString().contains(NAME), () -> browser.texts("body")
                        .toString());
                browser.picture(realm.repository()
                        .resolve("system-tests/target/screenshots/upgrade-" + name + "-" + width + ".png"));
                assertEquals(List.of(), browser.barriers());
                browser.fitsItsWidth(page);
            }
        }
    }

    private void assertGoesBack(String role, String reason) {
        List<String> before = versions();
        Command.Outcome outcome = upgrade(NAME, "--role", role);
        Claims.exits(1, outcome);
        assertEquals("STOPPED", report(outcome).getString("state"), outcome::output);
        JsonObject line = lines(report(outcome)).get(0);
        assertEquals("FAILED", line.getString("state"), outcome::output);
        assertTrue(line.getString("reason").contains(reason), line::toString);
        assertEquals(before, versions());
    }

    /** Slow enough to be in the middle of it; freed from that when the new version is there. */
    private void duringABackup(Runnable deed) throws IOException {
        Claims.done(machine.run(key, "mkdir /data && head -c 40000000 /dev/urandom | split -b 1000000 - /data/f-"));
        long source = programs().stream()
                .filter(line -> line.getString("program").equals("source"))
                .findFirst()
                .orElseThrow()
                .getJsonNumber("system")
                .longValue();
        limit("300k");
        Command.Outcome ordered = realm.admin(person, "backup", String.valueOf(source), "/data", "--json");
        Claims.done(ordered);
        long job = Json.object(ordered.lastLine()).getJsonNumber("id").longValue();
        Await.until("the backup runs", LONG, () -> job(job).getString("state").equals("RUNNING"));
        deed.run();
        Await.until("the new agent goes on with it", LONG, () -> claim(job(job)) > 1);
        assertEquals("RUNNING", job(job).getString("state"), "it was over before the upgrade was");
        limit("none");
        Await.until("the backup ends", LONG, () -> job(job).getString("state").equals("DONE"));
        Claims.done(machine.run(
                key,
                "CRANNY_HOME=/var/lib/cranny/source cranny restore latest --target /restored"
                        + " && diff -r /data /restored/data"));
    }

    /** How often it was taken up; giving it back is no failed attempt. */
    private static int claim(JsonObject job) {
        return job.containsKey("progress") ? job.getJsonObject("progress").getInt("claim", 0) : 0;
    }

    private void limit(String rate) {
        Claims.done(machine.run(key, "CRANNY_HOME=/var/lib/cranny/source cranny limit --upload " + rate));
    }

    private JsonObject job(long number) {
        try {
            return realm.administrator().json(realm.api("/jobs/" + number)).asJsonObject();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    // ---- parts

    /** @return the version */
    private String install() throws IOException {
        Path known = folder.resolve("known");
        Files.writeString(known, machine.knownAs(machine) + "\n");
        Command.Outcome outcome = realm.admin(
                person,
                "install",
                "--json",
                "--role",
                "daemon,source",
                "--quota",
                "2G",
                "--ssh-key",
                key.toString(),
                "--known-hosts",
                known.toString(),
                machine.target());
        Claims.done(outcome);
        realm.awaitState(NAME, "ACCEPTING");
        Await.until("both programs told their version", LONG, () -> programs().size() == 2);
        return report(outcome).getJsonArray("results").getJsonObject(0).getString("version");
    }

    /** The same program under another version. @param instead what it does when it is to stay; empty for what it did */
    private void repack(String program, String from, String to, Path signer, String instead) throws IOException {
        String arch = Command.run(folder, List.of("dpkg", "--print-architecture"), Map.of())
                .lastLine();
        String name = program + "-" + to + "-linux-" + arch;
        Path archive = packages().resolve(name + ".tar.gz");
        made.add(archive);
        String script = """
                set -e
                rm -rf "$1" && mkdir "$1"
                tar -xzf "$2" -C "$1" --strip-components=1
                echo "$3" >"$1/VERSION"
                [ -z "$4" ] || printf '#!/bin/sh\\n%s\\n' "$4" >"$1/bin/$5"
                tar -cf - "$1" | gzip -1 >"$6"
                rm -rf "$1\"""";
        Claims.done(Command.run(
                folder,
                List.of(
                        "sh",
                        "-c",
                        script,
                        "repack",
                        name,
                        packages()
                                .resolve(program + "-" + from + "-linux-" + arch + ".tar.gz")
                                .toString(),
                        to,
                        instead,
                        program,
                        archive.toString()),
                Map.of()));
        Command.Outcome signed = Command.run(
                folder,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        realm.repository()
                                .resolve("protocol-jar/target/classes")
                                .toString(),
                        "org.cranny.protocol.release.ReleaseTool",
                        "sign",
                        signer.toString(),
                        program.equals("cranny") ? "source" : "daemon",
                        to,
                        arch,
                        archive.toString()),
                Map.of());
        Claims.done(signed);
        Files.writeString(Path.of(archive + ".sig"), signed.output().strip() + "\n");
    }

    private Command.Outcome upgrade(String... arguments) {
        List<String> command = new ArrayList<>(List.of("upgrade", "--json"));
        command.addAll(List.of(arguments));
        return realm.admin(person, command.toArray(String[]::new));
    }

    private static JsonObject report(Command.Outcome outcome) {
        return Json.object(outcome.lastLine());
    }

    private static List<JsonObject> lines(JsonObject upgrade) {
        return upgrade.getJsonArray("results").getValuesAs(JsonObject.class);
    }

    /** This machine's, the daemon first. */
    private List<JsonObject> programs() {
        Command.Outcome all = realm.admin(person, "inventory", "--json");
        Claims.done(all);
        return Json.ofType(all.output(), "program").stream()
                .filter(line -> line.getString("name").equals(NAME))
                .sorted(java.util.Comparator.comparing(line -> line.getString("program")))
                .toList();
    }

    private List<String> versions() {
        return members("version");
    }

    private List<String> members(String name) {
        return programs().stream().map(line -> line.getString(name)).toList();
    }
}
