package org.cranny.central.installation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.cranny.central.installation.InstallationRequest.MachineKey;
import org.cranny.protocol.enrollment.Token;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real scripts under this machine's sh, on a folder that stands for a machine. */
class InstallerTest {
    private static final String TOKEN = "one-time-token";

    @TempDir
    Path folder;

    private FakeRoot machine;
    private final Door door = new Door();
    private final List<Step> steps = new ArrayList<>();

    @BeforeEach
    void make() throws IOException {
        machine = new FakeRoot(folder);
    }

    @AfterEach
    void end() throws IOException {
        machine.fault = script -> {};
        for (String each : List.of(
                "cranny-upgrade-daemon.pid", "cranny-upgrade-source.pid", "cranny-daemon.pid", "cranny-agent.pid")) {
            Path file = machine.root.resolve("run").resolve(each);
            if (Files.exists(file)) {
                ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).ifPresent(ProcessHandle::destroy);
            }
        }
    }

    @Test
    void unpacksEnrollsStartsAndLeavesNoJournal() throws IOException {
        Outcome outcome = install("daemon", "source");
        assertEquals(MachineState.INSTALLED, outcome.state(), outcome::toString);
        assertEquals("1.2.3", outcome.version());
        assertEquals(7L, outcome.hostSystem());
        assertEquals(8L, outcome.sourceSystem());
        assertEquals(
                Path.of("/opt/cranny/daemon/bin/cranny-daemon"),
                Files.readSymbolicLink(machine.root.resolve("usr/bin/cranny-daemon")));
        assertEquals(Path.of("1.2.3/daemon"), Files.readSymbolicLink(machine.root.resolve("opt/cranny/daemon")));
        assertTrue(read("etc/enrolled-daemon").startsWith(TOKEN + "-DAEMON enroll https://central:8081/cranny"));
        assertTrue(read("etc/enrolled-daemon").contains("--address https://ws-01:9443"), read("etc/enrolled-daemon"));
        assertFalse(Files.exists(machine.root.resolve("opt/cranny/.installing")));
        assertEquals(
                List.of(
                        Step.CONNECT,
                        Step.LOOK,
                        Step.UNPACK,
                        Step.SETTLE,
                        Step.ENROLL,
                        Step.START,
                        Step.ALIVE,
                        Step.FINISH),
                steps);
    }

    /** Whatever step fails, before or while it is done: nothing of it is left, and what was there before still is. */
    @ParameterizedTest
    @EnumSource(names = {"UNPACK", "SETTLE", "ENROLL", "START", "FINISH"})
    void whateverFailsIsTakenBack(Script failing) throws IOException {
        Files.createDirectories(machine.root.resolve("etc/cranny"));
        Files.writeString(machine.root.resolve("etc/cranny/agent.conf"), "mine");
        List<String> before = machine.everything();
        int[] times = new int[1];
        machine.fault = script -> {
            if (script == failing && ++times[0] % 2 == 0 || script == failing && failing == Script.FINISH) {
                throw new IOException("the line broke");
            }
        };
        Outcome outcome = install("daemon", "source");
        assertEquals(MachineState.FAILED, outcome.state());
        assertEquals("the line broke", outcome.reason());
        assertEquals(without(before), without(machine.everything()));
        assertEquals("mine", read("etc/cranny/agent.conf"));
        assertTrue(door.refused || failing == Script.UNPACK || failing == Script.SETTLE);
    }

    @Test
    void whatASourceSaysOfItsFailureIsTheReason() throws IOException {
        Files.writeString(machine.root.resolve("etc/full"), "");
        List<String> before = machine.everything();
        assertEquals("no room for keys", install("source").reason());
        assertEquals(before, machine.everything());
    }

    @Test
    void whatCouldNotBeTakenBackIsByTheNextOne() throws IOException {
        machine.fault = script -> {
            if (script == Script.START || script == Script.UNDO) {
                throw new IOException("gone");
            }
        };
        Outcome outcome = install("daemon");
        assertTrue(outcome.reason().contains("the next installation does that first"), outcome.reason());
        assertTrue(Files.exists(machine.root.resolve("opt/cranny/.installing")));
        machine.fault = script -> {};
        Outcome again = install("daemon");
        assertEquals(MachineState.INSTALLED, again.state(), again::toString);
    }

    @Test
    void whatIsThereAlreadyStaysAsItIs() throws IOException {
        Files.createSymbolicLink(machine.root.resolve("usr/bin/cranny"), Path.of("../lib/cranny/client/bin/cranny"));
        List<String> before = machine.everything();
        Outcome outcome = install("source");
        assertTrue(outcome.reason().startsWith("cranny is there already"), outcome.reason());
        assertEquals(before, machine.everything());
        Files.createDirectories(machine.root.resolve("var/lib/cranny/source"));
        Files.writeString(machine.root.resolve("var/lib/cranny/source/config.json"), "{}");
        assertEquals(MachineState.PRESENT, install("source").state());
    }

    @Test
    void aDryRunChangesNothing() {
        List<String> before = machine.everything();
        Outcome outcome = install(true, "daemon", "source");
        assertEquals(MachineState.READY, outcome.state(), outcome::toString);
        assertNull(outcome.hostSystem());
        assertEquals(before, machine.everything());
    }

    @Test
    void aProgramThatCentralNeverSeesIsTakenBack() throws IOException {
        List<String> before = machine.everything();
        door.seen = false;
        Outcome outcome = install("daemon");
        assertTrue(outcome.reason().contains("central saw nothing of it"), outcome.reason());
        assertEquals(without(before), without(machine.everything()));
    }

    @Test
    void fragmentsOfOthersAreKept() throws IOException {
        machine.fault = script -> {
            if (script == Script.FINISH) {
                Path kept = machine.root.resolve("var/lib/cranny-daemon/fragments/aa/bb");
                Files.createDirectories(kept.getParent());
                Files.writeString(kept, "sealed");
                throw new IOException("gone");
            }
        };
        Outcome outcome = install("daemon");
        assertTrue(outcome.reason().contains("kept /var/lib/cranny-daemon"), outcome.reason());
        assertEquals("sealed", read("var/lib/cranny-daemon/fragments/aa/bb"));
    }

    // ---- parts

    private Outcome install(String... roles) {
        return install(false, roles);
    }

    private Outcome install(boolean dryRun, String... roles) {
        Wanted wanted = Wanted.read(new InstallationRequest(
                List.of("ws-01"),
                List.of(roles),
                "root",
                "secret",
                null,
                null,
                List.of(new MachineKey("ws-01", WantedTest.FINGERPRINT)),
                "https://central:8081/cranny",
                null,
                null,
                null,
                dryRun));
        return new Installer(
                        (all, target) -> machine,
                        new Packages(machine.packages),
                        door,
                        Duration.ofMillis(door.seen ? 30_000 : 1))
                .install(wanted, "admin", wanted.targets().get(0), steps::add);
    }

    /** Folders that every Linux has and this one made on the way. */
    private static List<String> without(List<String> all) {
        return all.stream()
                .filter(name -> !name.equals("run")
                        && !name.equals("etc/enrolled-daemon")
                        && !name.equals("etc/enrolled-source"))
                .toList();
    }

    private String read(String name) throws IOException {
        return Files.readString(machine.root.resolve(name)).strip();
    }

    /** Lets everybody in. */
    static final class Door extends Admission {
        private final Map<Role, Token> given = new EnumMap<>(Role.class);
        private boolean seen = true;
        private boolean refused;

        Door() {
            super(null, null, null, null);
        }

        @Override
        Token token(String actor, Role role) {
            given.put(role, new Token(TOKEN + "-" + role, "2026-01-01T00:00:00Z", "ab".repeat(32)));
            return given.get(role);
        }

        @Override
        Long joined(Token token) {
            return given.get(Role.DAEMON) == token ? 7L : 8L;
        }

        @Override
        boolean isSeen(Role role, long number) {
            return seen;
        }

        @Override
        void close(Map<Role, Token> tokens) {}

        @Override
        void refuse(String actor, Map<Role, Token> tokens) {
            refused = !tokens.isEmpty();
        }
    }
}
