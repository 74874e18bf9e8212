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
import org.cranny.cluster.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Central's package on a machine that had no Java: installed, made a realm, started twice, removed. */
@LongForm
class CentralPackageIT {
    private static final Path REPOSITORY = Path.of(System.getProperty("cranny.root"));
    private static final String HOME = "/var/lib/cranny-central";
    private static final String PASSPHRASE = "/etc/cranny/central-escrow-passphrase";
    private static final int BASE = Realm.PORT_BASE + 500;
    private static final String PAGES = "https://127.0.0.1:" + (BASE + 81) + "/cranny";

    private final Path folder = REPOSITORY.resolve(
            "system-tests/target/central-package-" + ProcessHandle.current().pid());

    @AfterEach
    void clear() {
        Command.run(REPOSITORY, List.of("rm", "-rf", "--one-file-system", folder.toString()), Map.of());
    }

    @Test
    void aRealmIsMadeAndOutlivesRestartsAndPurge() throws Exception {
        Path packages = Files.createDirectories(folder.resolve("packages"));
        Claims.done(Command.run(
                REPOSITORY,
                List.of(
                        REPOSITORY.resolve("bin/package").toString(),
                        "--as-built",
                        "--only",
                        "central",
                        "--into",
                        packages.toString()),
                Map.of()));
        DebianRoot machine = DebianRoot.make(folder.resolve("root"));
        assertNotEquals(0, machine.run("which", "java").exit());
        Command.Outcome java = machine.run(
                "apt-get", "-q", "install", "-y", "--no-install-recommends", "openjdk-17-jre-headless", "adduser");
        Assumptions.assumeTrue(java.exit() == 0, "apt cannot reach its mirror");

        Command.Outcome installed = install(machine, packages);
        assertTrue((installed.errors() + installed.output()).contains("Next: cranny-central setup"));
        assertNotEquals(0, machine.run("cranny-central", "run").exit(), "it ran without a realm");
        Files.writeString(
                machine.file("/etc/cranny/central.conf"),
                "CRANNY_CENTRAL_PORT_BASE=" + BASE + "\nCRANNY_CENTRAL_ADDRESS=127.0.0.1\n");

        Command.Outcome made = machine.run("cranny-central", "setup", "--json");
        Claims.done(made);
        String realm = Json.object(made.lastLine()).getString("realm");
        String fingerprint = Json.object(made.lastLine()).getString("caFingerprint");
        isForItsUserAlone(machine, HOME + "/secrets/admin-password");
        isForItsUserAlone(machine, HOME + "/server.p12");
        assertEquals(
                "r--------", PosixFilePermissions.toString(Files.getPosixFilePermissions(machine.file(PASSPHRASE))));

        for (int start = 1; start <= 2; start++) {
            Background central = Background.start(machine.commandLine("cranny-central", "run"));
            try {
                answers(machine, realm, fingerprint);
            } finally {
                central.kill();
            }
        }

        Claims.done(machine.run("dpkg", "--remove", "cranny-central"));
        assertFalse(Files.exists(machine.file("/usr/lib/cranny")), "something of the package is left");
        Command.Outcome purged = machine.run("dpkg", "--purge", "cranny-central");
        Claims.done(purged);
        assertTrue(purged.errors().contains("kept " + HOME), purged::errors);
        assertTrue(purged.errors().contains("kept " + PASSPHRASE), purged::errors);
        assertFalse(Files.exists(machine.file("/var/cache/cranny-central")));
        assertTrue(Files.isRegularFile(machine.file(HOME + "/central.properties")), "its settings went");
        install(machine, packages);
        Command.Outcome again = machine.run("cranny-central", "setup", "--json");
        Claims.done(again);
        assertEquals(realm, Json.object(again.lastLine()).getString("realm"));
    }

    private static Command.Outcome install(DebianRoot machine, Path packages) throws IOException {
        try (Stream<Path> all = Files.list(packages)) {
            Command.Outcome installed = machine.install(
                    all.filter(each -> each.toString().endsWith(".deb")).toList());
            Claims.done(installed);
            return installed;
        }
    }

    private static void isForItsUserAlone(DebianRoot machine, String file) throws IOException {
        assertNotEquals(0, Files.getAttribute(machine.file(file), "unix:uid"), file + " is root's");
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(machine.file(file))), file);
    }

    private static void answers(DebianRoot machine, String realm, String fingerprint) throws IOException {
        Caller nobody = Caller.nobody(fingerprint);
        Await.until("central answers", Duration.ofMinutes(4), () -> {
            try {
                return nobody.get(PAGES + "/api/v1/health").statusCode() == 200;
            } catch (IOException notYet) {
                return false;
            }
        });
        assertTrue(nobody.get(PAGES + "/login.xhtml").body().contains("Cranny"));
        String password =
                Files.readString(machine.file(HOME + "/secrets/admin-password")).strip();
        Caller administrator = Caller.administrator(fingerprint, "admin", password);
        assertEquals(
                realm,
                administrator.json(PAGES + "/api/v1/realm").asJsonObject().getString("realm"));
        assertEquals(200, administrator.get(PAGES + "/api/v1/systems").statusCode());
    }
}
