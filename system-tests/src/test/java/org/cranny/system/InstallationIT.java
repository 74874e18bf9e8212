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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Central installs machines that have sshd and no Java: real ones, but for their kernel. No other host is in the realm. */
@LongForm
class InstallationIT {
    private static final int MACHINES = 8;
    private static final int NETWORK = Realm.PORT_BASE / 1000;
    private static final int WITHOUT_SYSTEMD = 2;
    private static final int MORE_BACKUPS = 40;

    private final OfficeNetwork network = OfficeNetwork.make(NETWORK);
    private final Realm realm = new Realm(network.address(), Realm.PORT_BASE + 500, 0);
    private final List<BareMachine> machines = new ArrayList<>();
    private Path folder;
    private Path key;

    @BeforeEach
    void build() throws IOException {
        realm.makeWhole();
        Claims.done(Command.run(
                realm.repository(),
                List.of(realm.repository().resolve("bin/package").toString(), "--as-built"),
                Map.of()));
        folder = realm.emptyFolder("machines");
        key = folder.resolve("key");
        Claims.done(Command.run(
                folder, List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()), Map.of()));
        DebianRoot shared = DebianRoot.make(folder.resolve("shared"), "openssh-server", "systemd-sysv", "dbus");
        for (int i = 1; i <= MACHINES; i++) {
            machines.add(BareMachine.start(
                    shared,
                    Files.createDirectories(folder.resolve("machine-" + i)),
                    "bare-" + i,
                    network.seat(),
                    i == WITHOUT_SYSTEMD ? BareMachine.Init.NONE : BareMachine.Init.SYSTEMD,
                    i == MACHINES ? "20m" : "",
                    folder.resolve("key.pub")));
        }
    }

    @AfterEach
    void end() {
        machines.forEach(BareMachine::close);
        realm.close();
        network.close();
    }

    @Test
    void eightAtOnceOfWhichTwoFailAndSaySoAndSixAreHosts() throws IOException {
        BareMachine stranger = machines.get(MACHINES - 2);
        BareMachine small = machines.get(MACHINES - 1);
        Path known = folder.resolve("known");
        List<String> lines = new ArrayList<>();
        for (BareMachine each : machines) {
            lines.add(each.knownAs(each == stranger ? small : each));
        }
        Files.write(known, lines);

        Command.Outcome outcome = install(known, "daemon", machines);

        Claims.exits(1, outcome);
        JsonObject report = Json.object(outcome.lastLine());
        assertEquals("INCOMPLETE", report.getString("state"), outcome::output);
        assertEquals(2, report.getInt("failed"), outcome::output);
        List<JsonObject> results = report.getJsonArray("results").getValuesAs(JsonObject.class);
        for (int i = 0; i < MACHINES - 2; i++) {
            assertEquals("INSTALLED", results.get(i).getString("state"), outcome::output);
            realm.awaitState(machines.get(i).name(), "ACCEPTING");
            assertNotEquals(0, machines.get(i).run(key, "which java").exit());
        }
        JsonObject strange = results.get(MACHINES - 2);
        assertTrue(strange.getString("reason").contains("host key"), strange::toString);
        assertEquals(
                "ssh-ed25519 " + stranger.fingerprint(),
                strange.getJsonArray("shownKeys").getString(0));
        JsonObject full = results.get(MACHINES - 1);
        assertTrue(full.getString("reason").contains("no room"), full::toString);
        for (BareMachine each : List.of(stranger, small)) {
            Command.Outcome look = each.run(
                    key,
                    "ls -d /opt/cranny /usr/bin/cranny* /etc/cranny /var/lib/cranny*; getent passwd cranny-daemon");
            assertEquals("", look.output(), each::name);
        }
        String log = Files.readString(realm.centralLog(), StandardCharsets.ISO_8859_1);
        assertFalse(log.contains("PRIVATE KEY"), "the key is in central's log");

        List<BareMachine> hosts = machines.subList(0, MACHINES - 2);
        takesPart(machines.get(0), known, hosts.subList(1, hosts.size()));
        takesPart(machines.get(WITHOUT_SYSTEMD), known, hosts.subList(0, 1));
        isTakenOff(machines.get(0), known, "daemon,source");
        isTakenOff(machines.get(WITHOUT_SYSTEMD - 1), known, "daemon");
        keysGoWhenAsked(machines.get(0), known);
    }

    /** Installed once more, as a source too: the daemon stays as it is, and the machine backs up. */
    private void takesPart(BareMachine machine, Path known, List<BareMachine> hosts) {
        Command.Outcome again = install(known, "daemon,source", List.of(machine));
        Claims.done(again);
        JsonObject result =
                Json.object(again.lastLine()).getJsonArray("results").getJsonObject(0);
        assertTrue(result.containsKey("sourceSystem") && !result.containsKey("hostSystem"), result::toString);
        keepSomethingOf(machine, hosts);
        Command.Outcome present = install(known, "daemon,source", List.of(machine));
        Claims.done(present);
        assertEquals(
                "PRESENT",
                Json.object(present.lastLine())
                        .getJsonArray("results")
                        .getJsonObject(0)
                        .getString("state"));
    }

    /** Each pack goes to two of the others, so some backups are needed until each has been chosen. They may keep a dump of central before. */
    private void keepSomethingOf(BareMachine machine, List<BareMachine> hosts) {
        for (int i = 1; i == 1 || i <= MORE_BACKUPS && !hosts.stream().allMatch(this::keepsFragments); i++) {
            Claims.done(machine.run(
                    key,
                    "mkdir -p /srv/own && head -c 1000000 /dev/urandom >/srv/own/" + i
                            + " && CRANNY_HOME=/var/lib/cranny/source cranny backup /srv/own /etc"));
        }
        for (BareMachine each : hosts) {
            assertTrue(keepsFragments(each), each.name() + " keeps nothing");
        }
        Claims.done(machine.run(
                key,
                "CRANNY_HOME=/var/lib/cranny/source cranny restore --target /srv/back latest"
                        + " && diff -r /srv/own /srv/back/srv/own && diff -r --no-dereference /etc /srv/back/etc"));
    }

    /** It keeps what others backed up, so it is emptied first; then nothing of it is left but a source's keys. */
    private void isTakenOff(BareMachine machine, Path known, String roles) {
        assertTrue(keepsFragments(machine), machine::name);
        Command.Outcome refused = uninstall(known, machine, roles);
        Claims.exits(1, refused);
        assertTrue(refused.output().contains("empty it first"), refused::output);
        assertTrue(keepsFragments(machine), machine::name);

        Command.Outcome done = uninstall(known, machine, roles, "--drain");

        Claims.done(done);
        JsonObject result = Json.object(done.lastLine()).getJsonArray("results").getJsonObject(0);
        assertEquals("REMOVED", result.getString("state"), done::output);
        assertTrue(result.getJsonArray("report").toString().contains("removed /usr/bin/cranny-daemon"), done::output);
        boolean source = roles.contains("source");
        Command.Outcome left = machine.run(
                key,
                "ls -d /opt/cranny /usr/bin/cranny* /etc/cranny* /etc/systemd/system/cranny* /var/lib/cranny*"
                        + " /var/cache/cranny* /var/log/cranny* /run/cranny* 2>/dev/null;"
                        + " getent passwd cranny-daemon; pgrep -l java; true");
        assertEquals(source ? "/var/lib/cranny" : "", left.output().strip(), machine::name);
        Command.Outcome hosts = realm.admin(realm.stranger(), "hosts", "--json");
        assertFalse(hosts.output().contains("\"" + machine.name() + "\""), hosts::output);
    }

    private void keysGoWhenAsked(BareMachine machine, Path known) {
        Claims.done(machine.run(key, "ls /var/lib/cranny/source/config.json"));
        Claims.done(uninstall(known, machine, "source", "--purge"));
        assertEquals(
                "", machine.run(key, "ls -d /var/lib/cranny 2>/dev/null; true").output());
    }

    private Command.Outcome uninstall(Path known, BareMachine machine, String roles, String... more) {
        List<String> command = new ArrayList<>(List.of(
                "uninstall",
                "--json",
                "--role",
                roles,
                "--ssh-key",
                key.toString(),
                "--known-hosts",
                known.toString(),
                machine.target()));
        command.addAll(List.of(more));
        return realm.admin(realm.stranger(), command.toArray(String[]::new));
    }

    private boolean keepsFragments(BareMachine machine) {
        return !machine.run(key, "find /var/lib/cranny-daemon/fragments -type f | head -n 1")
                .output()
                .isBlank();
    }

    private Command.Outcome install(Path known, String roles, List<BareMachine> targets) {
        Cranny person = realm.stranger();
        List<String> command = new ArrayList<>(List.of(
                "install",
                "--json",
                "--role",
                roles,
                "--quota",
                "2G",
                "--ssh-key",
                key.toString(),
                "--known-hosts",
                known.toString()));
        command.addAll(targets.stream().map(BareMachine::target).collect(Collectors.toList()));
        return realm.admin(person, command.toArray(String[]::new));
    }
}
