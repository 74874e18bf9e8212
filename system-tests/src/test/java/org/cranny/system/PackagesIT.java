package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cranny.cluster.Await;
import org.cranny.cluster.Caller;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Command;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The packages on machines that have no Java: installed, used, removed; and what systemd would let them do. */
@LongForm
@ExtendWith(SharesRealm.class)
class PackagesIT {
    private static final String DAEMON = "/var/lib/cranny-daemon";
    private static final String SOURCE = "/var/lib/cranny/source";
    private static final String URL = "https://127.0.0.1:" + (Realm.PORT_BASE + 340);

    private final Realm realm;
    private Path packages;

    PackagesIT(Realm realm) {
        this.realm = realm;
    }

    @BeforeEach
    void build() throws IOException {
        packages = realm.emptyFolder("packages");
        timed("packages", () -> packs("--into", packages.toString()));
        try (Stream<Path> all = Files.list(packages)) {
            for (Path each : all.sorted().toList()) {
                System.out.printf("%s: %,d octets%n", each.getFileName(), Files.size(each));
            }
        }
    }

    @Test
    void machinesWithoutJavaBackUpAndLendSpace() throws Exception {
        DebianRoot machine = DebianRoot.make(realm.emptyFolder("debian").resolve("root"));
        assertNotEquals(0, machine.run("which", "java").exit());
        refusesToLeaveNothingBehind(machine);

        timed("installed", () -> install(machine));
        Command.Outcome version = machine.run("cranny", "--version");
        Claims.done(version);
        assertTrue(version.output().startsWith("cranny "), version::output);
        assertTrue(Files.exists(machine.file("/usr/share/man/man1/cranny.1.gz")));
        assertTrue(Files.exists(machine.file("/usr/share/man/man8/cranny-daemon.8.gz")));
        assertEquals(
                "", machine.run("dpkg", "--verify", "cranny", "cranny-daemon").output());
        assertTrue(machine.run("cranny-daemon", "run").errors().contains("not enrolled"));

        enrollDaemon(machine);
        Background daemon = Background.start(
                machine.commandLine("env", "CRANNY_DAEMON_CACHE=/var/cache/cranny-daemon", "cranny-daemon", "run"));
        try {
            timed("first start of the daemon", () -> awaitReady(machine));
            backUpAndRestore(machine);
        } finally {
            daemon.kill();
        }
        leaves(machine);
    }

    @Test
    void theSameSourcesMakeTheSameOctets() throws IOException {
        Path again = realm.emptyFolder("again");
        packs("--only", "client", "--into", again.toString());
        try (Stream<Path> all = Files.list(again)) {
            for (Path each : all.toList()) {
                assertEquals(-1, Files.mismatch(each, packages.resolve(each.getFileName())), each::toString);
            }
        }
    }

    // ---- a machine's life

    private void refusesToLeaveNothingBehind(DebianRoot machine) throws IOException {
        install(machine);
        Command.Outcome purged = machine.run("dpkg", "--purge", "cranny", "cranny-daemon");
        Claims.done(purged);
        assertTrue(purged.output().contains("removing " + DAEMON), purged::output);
        assertFalse(Files.exists(machine.file(DAEMON)));
        assertFalse(Files.exists(machine.file("/usr/lib/cranny")));
        assertFalse(Files.exists(machine.file("/etc/cranny")));
        assertNotEquals(0, machine.run("id", "cranny-daemon").exit());
    }

    private void enrollDaemon(DebianRoot machine) throws IOException {
        ClusterStatus cluster = realm.status();
        Claims.done(machine.run(
                "cranny-daemon",
                "enroll",
                cluster.central().url(),
                "--token",
                cluster.token(),
                "--ca-fingerprint",
                cluster.caFingerprint(),
                "--name",
                "packaged",
                "--address",
                URL,
                "--keep-free",
                "1G"));
        Path identity = machine.file(DAEMON + "/identity.p12");
        assertNotEquals(0, Files.getAttribute(identity, "unix:uid"), "root's");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(identity)));
    }

    private void awaitReady(DebianRoot machine) {
        Path home = machine.file(DAEMON);
        Await.until("the installed daemon answers", Duration.ofSeconds(240), () -> {
            try {
                return Caller.system(home).get(URL + "/cranny/v1/status").statusCode() == 200;
            } catch (IOException notYet) {
                return false;
            }
        });
        realm.awaitState("packaged", "ACCEPTING");
    }

    /** Two hosts are up for the backup, one of them installed; the installed one alone for the restore. */
    private void backUpAndRestore(DebianRoot machine) throws IOException {
        ClusterStatus cluster = realm.status();
        Path data = Contents.tree(Files.createDirectories(machine.file("/srv/data")), 60, 7);
        Claims.done(cranny(
                machine,
                "enroll",
                cluster.central().url(),
                "--token=" + cluster.token(),
                "--ca-fingerprint",
                cluster.caFingerprint(),
                "--name",
                "machine"));
        realm.cluster().killDaemon(2);
        realm.cluster().killDaemon(3);
        realm.awaitState("daemon-2", "SUSPECT");
        realm.awaitState("daemon-3", "SUSPECT");
        timed("backup", () -> Claims.done(cranny(machine, "backup", "/srv/data")));
        List<Path> fragments = fragments(machine);
        assertFalse(fragments.isEmpty());
        for (Path fragment : fragments) {
            assertNotEquals(0, Files.getAttribute(fragment, "unix:uid"), "written by root: " + fragment);
        }
        realm.cluster().killDaemon(1);
        timed("restore", () -> Claims.done(cranny(machine, "restore", "latest", "--target", "/srv/back")));
        assertEquals(List.of(), TreeComparison.compare(data, machine.file("/srv/back/srv/data")));
    }

    private void leaves(DebianRoot machine) throws IOException {
        int fragments = fragments(machine).size();
        Claims.done(machine.run("dpkg", "--remove", "cranny", "cranny-daemon"));
        assertFalse(Files.exists(machine.file("/usr/lib/cranny")), "something of the packages is left");
        assertFalse(Files.exists(machine.file("/usr/bin/cranny")));
        assertTrue(Files.exists(machine.file("/etc/cranny/daemon.conf")));
        Command.Outcome purged = machine.run("dpkg", "--purge", "cranny", "cranny-daemon");
        Claims.done(purged);
        assertTrue(
                purged.errors().contains(fragments + " fragments of other machines' backups"),
                () -> purged.errors() + purged.output());
        assertEquals(fragments, fragments(machine).size());
        Claims.done(machine.run("id", "cranny-daemon"));
        assertTrue(Files.exists(machine.file(SOURCE + "/config.json")), "the keys are gone");
        assertFalse(Files.exists(machine.file("/etc/cranny")));
    }

    // ---- parts

    private void install(DebianRoot machine) throws IOException {
        try (Stream<Path> all = Files.list(packages)) {
            Claims.done(machine.install(all.filter(each -> each.toString().endsWith(".deb"))
                    .sorted()
                    .toList()));
        }
    }

    private void packs(String... arguments) {
        List<String> command = new java.util.ArrayList<>(
                List.of(realm.repository().resolve("bin/package").toString(), "--as-built"));
        command.addAll(List.of(arguments));
        Claims.done(Command.run(realm.repository(), command, Map.of()));
    }

    private static Command.Outcome cranny(DebianRoot machine, String... arguments) {
        return machine.run(Stream.concat(Stream.of("env", "CRANNY_HOME=" + SOURCE, "cranny"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private static List<Path> fragments(DebianRoot machine) throws IOException {
        try (Stream<Path> all = Files.walk(machine.file(DAEMON + "/fragments"))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().length() == 62)
                    .toList();
        }
    }

    private interface Act {
        void run() throws IOException;
    }

    private static void timed(String what, Act act) throws IOException {
        long began = System.nanoTime();
        act.run();
        System.out.printf("%s: %.1f s%n", what, (System.nanoTime() - began) / 1e9);
    }
}
