package org.cranny.central.installation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cranny.protocol.release.Release;
import org.cranny.protocol.release.Version;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real {@code cranny-upgrade} and the real check of signatures, on a folder that stands for a machine. */
class UpgradeScriptTest {
    private static final String GOOD = "echo \"$version\" >\"$CRANNY_HOME/upgrade/heard\"; exec sleep 600";
    private static final String ENDS = "echo 'no such class: Main' >&2; exit 3";
    private static final String MUTE = "exec sleep 600";

    @TempDir
    Path folder;

    private final Map<String, KeyPair> keys = new HashMap<>();
    private Path root;
    private Path inbox;
    private Path tools;

    @BeforeEach
    void install() throws Exception {
        root = Files.createDirectories(folder.resolve("root"));
        inbox = Files.createDirectories(root.resolve("var/lib/cranny/source/upgrade"));
        tools = Files.createDirectories(folder.resolve("tools"));
        for (String each : List.of("etc/cranny", "run", "var/log", "opt/cranny/1.0")) {
            Files.createDirectories(root.resolve(each));
        }
        Files.writeString(root.resolve("etc/cranny/upgrade.conf"), "CRANNY_UPGRADE_SECONDS=2\n");
        program(tools.resolve("sleep"), "[ \"$1\" -gt 9 ] && exec /bin/sleep \"$1\" || exec /bin/sleep 0.05");
        program(tools.resolve("sync"), ":");
        for (String each : List.of("key", "another-key")) {
            keys.put(each, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        }
        layOut(root.resolve("opt/cranny/1.0/source"), "1.0", GOOD);
        Files.createSymbolicLink(root.resolve("opt/cranny/source"), Path.of("1.0/source"));
        assertEquals(0, upgrade("start"));
    }

    @AfterEach
    void end() throws IOException {
        kill();
    }

    @Test
    void aSignedNewerVersionTakesThePlaceOfTheOld() throws Exception {
        long before = running();
        offer("1.1", "1.1", "key", GOOD);
        assertEquals(0, upgrade("apply"));
        assertRuns("1.1");
        assertFalse(lives(before), "the old one still runs");
        assertFalse(Files.exists(inbox.resolve("failed")));
        offer("1.2", "1.2", "key", GOOD);
        assertEquals(0, upgrade("apply"));
        assertRuns("1.2");
        assertTrue(Files.exists(root.resolve("opt/cranny/1.1")), "commands may still run from there");
        assertFalse(Files.exists(root.resolve("opt/cranny/1.0")), "it lies there for ever");
        assertFalse(Files.exists(inbox.resolve("failed")));
    }

    @Test
    void whatAnotherKeySignedNeverRuns() throws Exception {
        long before = running();
        offer("1.1", "1.1", "another-key", GOOD);
        assertEquals(0, upgrade("apply"));
        assertFailed("1.1", "the key of this program did not sign it");
        assertRuns("1.0");
        assertEquals(before, running());
    }

    @Test
    void anOlderVersionIsRefusedWhateverTheRequestSays() throws Exception {
        offer("2.0", "0.9", "key", GOOD);
        assertEquals(0, upgrade("apply"));
        assertFailed("2.0", "it is 0.9, which is not newer than 1.0");
        assertRuns("1.0");
    }

    @Test
    void whatIsSignedAndNoProgramIsRefused() throws Exception {
        offer("1.1", "1.1", "key", GOOD);
        Path archive = inbox.resolve("archive");
        Files.writeString(archive, "not an archive");
        sign("1.1", "key", archive);
        assertEquals(0, upgrade("apply"));
        assertFailed("1.1", "it cannot be unpacked");
        assertRuns("1.0");
    }

    @Test
    void aLinkInTheInboxLeadsNowhere() throws Exception {
        offer("1.1", "1.1", "key", GOOD);
        Path secret = Files.writeString(folder.resolve("secret"), "root's alone");
        Files.delete(inbox.resolve("archive"));
        Files.createSymbolicLink(inbox.resolve("archive"), secret);
        assertEquals(0, upgrade("apply"));
        assertFailed("1.1", "the archive is not the one that was signed");
        assertRuns("1.0");
        assertEquals("root's alone", Files.readString(secret));
    }

    @Test
    void aVersionThatEndsByItselfGoesBack() throws Exception {
        offer("1.1", "1.1", "key", ENDS);
        assertEquals(0, upgrade("apply"));
        assertFailed("1.1", "it ended by itself: no such class: Main; version 1.0 runs again");
        assertRuns("1.0");
        assertFalse(Files.exists(root.resolve("opt/cranny/1.1")));
    }

    @Test
    void aVersionThatCentralDoesNotAcknowledgeGoesBack() throws Exception {
        offer("1.1", "1.1", "key", MUTE);
        assertEquals(0, upgrade("apply"));
        assertFailed("1.1", "central did not acknowledge it within 2 seconds; version 1.0 runs again");
        assertRuns("1.0");
    }

    @Test
    void whoWatchesEndsWhenTheProgramIsGone() throws Exception {
        Process watch = start("watch");
        assertFalse(watch.waitFor(500, TimeUnit.MILLISECONDS), "it does not watch");
        Files.delete(root.resolve("opt/cranny/source"));
        try {
            assertTrue(watch.waitFor(1, TimeUnit.MINUTES), "it watches for ever");
        } finally {
            watch.destroyForcibly();
        }
    }

    /** The machine stops at each moment at which something was brought to the disk; then it starts again. */
    @ParameterizedTest
    @ValueSource(strings = {GOOD, ENDS})
    void aPowerCutAtAnyMomentEndsInOneVersionOrTheOther(String kind) throws Exception {
        assumeTrue(Boolean.getBoolean("cranny.long") || kind.equals(ENDS), "a long form");
        int cuts = 0;
        for (int moment = 1; ; moment++) {
            reset();
            // Who signed it is not the question here.
            Path java = root.resolve("opt/cranny/1.0/source/runtime/bin/java");
            Files.delete(java);
            program(java, "echo 1.1");
            offer("1.1", "1.1", "key", kind);
            cutAt(moment);
            boolean cut = upgrade("apply") != 0;
            program(tools.resolve("sync"), ":");
            if (!cut) {
                break;
            }
            cuts++;
            kill();
            assertEquals(0, upgrade("apply"), "after a cut at " + moment);
            boolean through =
                    Files.readSymbolicLink(root.resolve("opt/cranny/source")).startsWith("1.1");
            assertTrue(kind.equals(GOOD) || !through, "a bad version stayed after a cut at " + moment);
            assertTrue(through || Files.exists(inbox.resolve("failed")), "nobody hears of a cut at " + moment);
            if (!Files.exists(root.resolve("run/cranny-agent.pid"))) {
                // Nothing was left to be done: the machine's own start begins it.
                assertEquals(0, upgrade("start"));
            }
            assertRuns(through ? "1.1" : "1.0");
        }
        assertTrue(cuts > 5, "only " + cuts + " moments");
    }

    // ---- parts

    private void reset() throws Exception {
        kill();
        run(List.of("rm", "-rf", root.resolve("opt").toString(), inbox.toString()));
        Files.createDirectories(inbox);
        Files.createDirectories(root.resolve("opt/cranny/1.0"));
        layOut(root.resolve("opt/cranny/1.0/source"), "1.0", GOOD);
        Files.createSymbolicLink(root.resolve("opt/cranny/source"), Path.of("1.0/source"));
        upgrade("start");
    }

    private void cutAt(int moment) throws IOException {
        Path count = folder.resolve("count");
        Files.writeString(count, "");
        program(
                tools.resolve("sync"),
                "echo >>" + count + "; [ $(wc -l <" + count + ") != " + moment + " ] || kill -9 $PPID");
    }

    private void layOut(Path base, String version, String body) throws Exception {
        program(base.resolve("bin/cranny"), "version=" + version + "\n" + body);
        Files.copy(Path.of("../packaging/cranny-upgrade"), base.resolve("bin/cranny-upgrade"));
        Files.writeString(base.resolve("VERSION"), version + "\n");
        Files.writeString(
                base.resolve("release.pub"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getEncoder()
                                .encodeToString(keys.get("key").getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        Files.createDirectories(base.resolve("runtime/bin"));
        Files.createSymbolicLink(base.resolve("runtime/bin/java"), java());
        Files.createDirectories(base.resolve("lib/lib"));
        Files.createSymbolicLink(base.resolve("lib/lib/protocol-jar.jar"), protocol());
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin/java");
    }

    private static Path protocol() throws URISyntaxException {
        return Path.of(Release.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    private void offer(String asked, String version, String key, String body) throws Exception {
        Path base = folder.resolve("cranny-" + version);
        run(List.of("rm", "-rf", base.toString()));
        layOut(base, version, body);
        Path archive = inbox.resolve("archive");
        run(List.of("tar", "-czf", archive.toString(), "-C", folder.toString(), "cranny-" + version));
        sign(version, key, archive);
        Files.writeString(inbox.resolve("request"), asked + "\n");
    }

    private void sign(String version, String key, Path archive) throws Exception {
        Release release = Release.of("source", new Version(version), arch(), archive);
        Files.writeString(inbox.resolve("signature"), release.sign(keys.get(key).getPrivate()));
    }

    private static String arch() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }

    private int upgrade(String command) throws Exception {
        return start(command).waitFor();
    }

    private Process start(String command) throws IOException {
        return start(List.of(
                "env",
                "PATH=" + tools + ":/usr/sbin:/usr/bin:/sbin:/bin",
                "CRANNY_ROOT=" + root,
                root.resolve("opt/cranny/source/bin/cranny-upgrade").toString(),
                "source",
                command));
    }

    private int run(List<String> command) throws Exception {
        return start(command).waitFor();
    }

    private Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    private static void program(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private long running() throws IOException {
        return Long.parseLong(
                Files.readString(root.resolve("run/cranny-agent.pid")).strip());
    }

    /** Whether there is such a process, and nobody has only to take note of its end. */
    private static boolean lives(long number) throws IOException {
        Path status = Path.of("/proc", String.valueOf(number), "status");
        try {
            return Files.readAllLines(status).stream().noneMatch(line -> line.matches("State:\\s*[ZX].*"));
        } catch (java.nio.file.NoSuchFileException gone) {
            return false;
        }
    }

    private void kill() throws IOException {
        Path file = root.resolve("run/cranny-agent.pid");
        if (Files.exists(file)) {
            long number = running();
            ProcessHandle.of(number).ifPresent(ProcessHandle::destroyForcibly);
            while (lives(number)) {
                Thread.onSpinWait();
            }
            Files.delete(file);
        }
    }

    private void assertRuns(String version) throws IOException {
        String log = Files.readString(folder.resolve("log"));
        assertEquals(Path.of(version, "source"), Files.readSymbolicLink(root.resolve("opt/cranny/source")), () -> log);
        assertTrue(lives(running()), () -> log);
        assertFalse(Files.exists(root.resolve("opt/cranny/.upgrade/source/journal")), () -> log);
        assertFalse(Files.exists(inbox.resolve("request")), () -> log);
        assertFalse(Files.exists(inbox.resolve("applying")), () -> log);
    }

    private void assertFailed(String version, String reason) throws IOException {
        String log = Files.readString(folder.resolve("log"));
        assertTrue(Files.exists(inbox.resolve("failed")), () -> log);
        List<String> lines = Files.readAllLines(inbox.resolve("failed"));
        assertEquals(version, lines.get(0));
        assertTrue(lines.get(1).startsWith(reason), () -> lines + "\n" + log);
    }
}
