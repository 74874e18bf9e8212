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
import org.junit.jupiter.api.extension.ExtendWith;

/** Central installs machines that have sshd and no Java: real ones, but for their kernel and their network. */
@LongForm
@ExtendWith(SharesRealm.class)
class InstallationIT {
    private static final int MACHINES = 8;
    private static final int SSH_PORT = Realm.PORT_BASE + 400;
    private static final int DAEMON_PORT = Realm.PORT_BASE + 401;

    private final Realm realm;
    private final List<BareMachine> machines = new ArrayList<>();
    private Path folder;
    private Path key;

    InstallationIT(Realm realm) {
        this.realm = realm;
    }

    @BeforeEach
    void build() throws IOException {
        Claims.done(Command.run(
                realm.repository(),
                List.of(realm.repository().resolve("bin/package").toString(), "--as-built"),
                Map.of()));
        folder = realm.emptyFolder("machines");
        key = folder.resolve("key");
        Claims.done(Command.run(
                folder, List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()), Map.of()));
        DebianRoot shared = DebianRoot.make(folder.resolve("shared"), "openssh-server");
        for (int i = 1; i <= MACHINES; i++) {
            machines.add(BareMachine.start(
                    shared,
                    Files.createDirectories(folder.resolve("machine-" + i)),
                    "bare-" + i,
                    "127.0.1." + i,
                    SSH_PORT,
                    i == MACHINES ? "20m" : "",
                    folder.resolve("key.pub")));
        }
    }

    @AfterEach
    void end() {
        machines.forEach(BareMachine::close);
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

        takesPart(machines.get(0), known);
    }

    /** Installed once more, as a source too: the daemon stays as it is, and the machine backs up. */
    private void takesPart(BareMachine machine, Path known) {
        Command.Outcome again = install(known, "daemon,source", List.of(machine));
        Claims.done(again);
        JsonObject result =
                Json.object(again.lastLine()).getJsonArray("results").getJsonObject(0);
        assertTrue(result.containsKey("sourceSystem") && !result.containsKey("hostSystem"), result::toString);
        Claims.done(machine.run(key, "CRANNY_HOME=/var/lib/cranny/source cranny backup /etc"));
        Command.Outcome present = install(known, "daemon,source", List.of(machine));
        Claims.done(present);
        assertEquals(
                "PRESENT",
                Json.object(present.lastLine())
                        .getJsonArray("results")
                        .getJsonObject(0)
                        .getString("state"));
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
                "--daemon-port",
                Integer.toString(DAEMON_PORT),
                "--ssh-key",
                key.toString(),
                "--known-hosts",
                known.toString()));
        command.addAll(targets.stream().map(BareMachine::target).collect(Collectors.toList()));
        return realm.admin(person, command.toArray(String[]::new));
    }
}
