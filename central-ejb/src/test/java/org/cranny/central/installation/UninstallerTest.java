package org.cranny.central.installation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cranny.central.installation.InstallationRequest.MachineKey;
import org.cranny.central.installation.UninstallationRequest.MachineSystem;
import org.cranny.central.repair.Drain;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real scripts under this machine's sh, on a folder that stands for a machine on which they installed before. */
class UninstallerTest {
    private static final MachineKey KEY = new MachineKey("ws-01", "SHA256:" + "A".repeat(43));

    @TempDir
    Path folder;

    private FakeRoot machine;
    private List<String> before;
    private final Realm realm = new Realm();
    private final List<ProcessHandle> started = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    @BeforeEach
    void install() throws IOException {
        machine = new FakeRoot(folder);
        before = without(machine.everything());
        Outcome outcome = new Installer(
                        (wanted, target) -> machine,
                        new Packages(machine.packages),
                        new InstallerTest.Door(),
                        Duration.ZERO)
                .install(
                        Wanted.read(new InstallationRequest(
                                List.of("ws-01"),
                                List.of("daemon", "source"),
                                "root",
                                "secret",
                                null,
                                null,
                                List.of(KEY),
                                "https://central:8081/cranny",
                                null,
                                null,
                                null,
                                false)),
                        "admin",
                        new Target("ws-01", 22),
                        step -> {});
        assertEquals(MachineState.INSTALLED, outcome.state(), outcome::toString);
        for (String each : List.of(
                "cranny-upgrade-daemon.pid", "cranny-upgrade-source.pid", "cranny-daemon.pid", "cranny-agent.pid")) {
            ProcessHandle.of(Long.parseLong(Files.readString(machine.root.resolve("run/" + each))
                            .strip()))
                    .ifPresent(started::add);
        }
        write("var/lib/cranny-daemon/identity.p12", "key");
        write("var/lib/cranny-daemon/trash/aa/bb", "sealed");
        write("var/lib/cranny/source/config.json", "{\"format\":1,\"system\":8,\"name\":\"ws-01\"}");
    }

    @AfterEach
    void end() {
        started.forEach(ProcessHandle::destroyForcibly);
    }

    /** A process of this test that the file names from now on: of others nobody here takes note when they end. */
    private Process runs(String pidFile) throws IOException {
        Process process = new ProcessBuilder("sleep", "600").start();
        started.add(process.toHandle());
        write("run/" + pidFile, Long.toString(process.pid()));
        return process;
    }

    private void write(String name, String text) throws IOException {
        Path file = machine.root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void takesOffWhatWasPutThereAndSaysSoLineByLine() throws IOException {
        Process daemon = runs("cranny-daemon.pid");
        Outcome outcome = remove(false, false, "daemon", "source");
        assertEquals(MachineState.REMOVED, outcome.state(), outcome::toString);
        assertEquals(7L, outcome.hostSystem());
        assertEquals(8L, outcome.sourceSystem());
        assertFalse(daemon.isAlive(), "it still runs");
        List<String> left = new ArrayList<>(without(machine.everything()));
        left.removeAll(before);
        assertEquals(
                List.of(
                        "var/lib/cranny",
                        "var/lib/cranny/source",
                        "var/lib/cranny/source/config.json",
                        "var/lib/cranny/source/upgrade"),
                left);
        assertTrue(outcome.report().contains("removed /usr/bin/cranny-daemon"), outcome::toString);
        assertTrue(outcome.report().contains("removed the user cranny-daemon"), outcome::toString);
        assertTrue(
                outcome.report().stream()
                        .anyMatch(line -> line.startsWith("left /var/lib/cranny/source: memory and keys")),
                outcome::toString);
        assertTrue(
                outcome.report().stream().anyMatch(line -> line.contains("1 fragments in the trash")),
                outcome::toString);
        assertEquals(List.of("DAEMON 7", "SOURCE 8"), realm.shutOut);
        assertEquals(List.of(Step.CONNECT, Step.LOOK, Step.REMOVE, Step.SHUT_OUT), steps);
    }

    @Test
    void takesKeysOffOnlyWhenThatWasSaid() {
        Outcome outcome = remove(false, true, "daemon", "source");
        assertEquals(before, without(machine.everything()), outcome::toString);
        assertTrue(
                outcome.report().stream().anyMatch(line -> line.contains("open through the realm's escrow alone now")),
                outcome::toString);
    }

    @Test
    void whatIsLeftOfTheOtherRoleGoesOn() throws IOException {
        Process daemon = runs("cranny-daemon.pid");
        assertEquals(MachineState.REMOVED, remove(false, false, "source").state());
        assertTrue(Files.isSymbolicLink(machine.root.resolve("usr/bin/cranny-daemon")));
        assertFalse(Files.isSymbolicLink(machine.root.resolve("usr/bin/cranny")));
        assertTrue(daemon.isAlive());
        assertEquals(List.of("SOURCE 8"), realm.shutOut);
    }

    @Test
    void aDryRunSaysTheSameAndChangesNothing() {
        List<String> all = machine.everything();
        Outcome tried = remove(true, false, "daemon", "source");
        assertEquals(MachineState.READY, tried.state(), tried::toString);
        assertEquals(all, machine.everything());
        assertEquals(List.of(), realm.shutOut);
        assertFalse(realm.closed);
        List<String> done = remove(false, false, "daemon", "source").report();
        assertEquals(
                tried.report(),
                done.subList(0, tried.report().size()).stream()
                        .map(line ->
                                line.replaceFirst("^removed", "would remove").replaceFirst("^left", "would leave"))
                        .toList());
    }

    @Test
    void aHostThatKeepsAnythingIsLeftAsItIs() {
        realm.fragments = 3;
        List<String> all = machine.everything();
        Outcome outcome = remove(false, false, "daemon");
        assertEquals(MachineState.FAILED, outcome.state());
        assertEquals(3L, outcome.keptFragments());
        assertTrue(outcome.reason().contains("empty it first"), outcome.reason());
        assertEquals(all, machine.everything());
        assertFalse(realm.closed);
    }

    @Test
    void whatLiesOnTheDiskCountsMoreThanCentralsBook() throws IOException {
        write("var/lib/cranny-daemon/fragments/aa/bb", "sealed");
        List<String> all = machine.everything();
        Outcome outcome = remove(false, false, "daemon", "source");
        assertTrue(outcome.reason().contains("1 fragments lie on its disk"), outcome.reason());
        assertEquals(all, machine.everything());
    }

    /** Between the look and the stop a source put something there. */
    @Test
    void whatCameAtTheLastMomentIsKeptAndTheDaemonStartsAgain() throws IOException {
        List<Script> run = new ArrayList<>();
        machine.fault = script -> {
            run.add(script);
            if (script == Script.REMOVE && steps.contains(Step.REMOVE)) {
                write("var/lib/cranny-daemon/fragments/aa/bb", "sealed");
            }
        };
        Outcome outcome = remove(false, false, "daemon", "source");
        assertEquals(MachineState.FAILED, outcome.state(), outcome::toString);
        assertEquals(List.of(Script.REMOVE, Script.REMOVE, Script.START, Script.FINISH), run);
        assertTrue(Files.isSymbolicLink(machine.root.resolve("usr/bin/cranny")));
        assertFalse(Files.exists(machine.root.resolve("opt/cranny/.installing")));
        assertEquals(List.of(), realm.shutOut);
    }

    @Test
    void whatSomethingElsePutThereIsNotTouched() throws IOException {
        Path link = machine.root.resolve("usr/bin/cranny");
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("../lib/cranny/client/bin/cranny"));
        List<String> all = machine.everything();
        Outcome outcome = remove(false, true, "daemon", "source");
        assertTrue(outcome.reason().startsWith("something else put /usr/bin/cranny there"), outcome.reason());
        assertEquals(all, machine.everything());
    }

    @Test
    void aMachineThatCallsItselfAnotherSystemIsLeftAlone() throws IOException {
        write("var/lib/cranny/source/config.json", "{\"format\":1,\"system\":99}");
        assertTrue(remove(false, false, "source").reason().contains("it says that it is source 99"));
        realm.known = false;
        assertTrue(remove(false, false, "source").reason().contains("--system ws-01=source:NUMBER"));
        assertEquals(List.of(), realm.shutOut);
    }

    @Test
    void whatSomebodyChangedStaysUnlessPurged() throws IOException {
        write("etc/cranny/agent.conf", "CRANNY_HOME=/srv/source\nMORE=1\nSTILL=2\n");
        Outcome outcome = remove(false, false, "source");
        assertTrue(outcome.report().contains("left /etc/cranny/agent.conf, which somebody changed"), outcome::toString);
        assertTrue(Files.exists(machine.root.resolve("etc/cranny/agent.conf")));
    }

    @Test
    void theSecondTimeNothingIsThere() {
        remove(false, true, "daemon", "source");
        realm.known = false;
        assertEquals(
                MachineState.ABSENT, remove(false, true, "daemon", "source").state());
    }

    private Outcome remove(boolean dryRun, boolean purge, String... roles) {
        UninstallationRequest request = new UninstallationRequest(
                List.of("ws-01"),
                List.of(roles),
                "root",
                "secret",
                null,
                null,
                List.of(KEY),
                List.of(new MachineSystem("other", "daemon", 3L)),
                purge,
                dryRun);
        return new Uninstaller((wanted, target) -> machine, realm, Duration.ZERO)
                .remove(
                        Wanted.read(request.access()),
                        Removal.read(request),
                        "admin",
                        new Target("ws-01", 22),
                        steps::add);
    }

    private static List<String> without(List<String> all) {
        return all.stream()
                .filter(name -> !List.of("run", "etc/enrolled-daemon", "etc/enrolled-source")
                        .contains(name))
                .toList();
    }

    /** Central, which knows the machine as host 7 and source 8. */
    private static final class Realm extends Departure {
        private long fragments;
        private boolean known = true;
        private boolean closed;
        private final List<String> shutOut = new ArrayList<>();

        Realm() {
            super(null, null, null, null, null);
        }

        @Override
        Long system(Target target, Role role, Long named) {
            return known ? (role == Role.DAEMON ? Long.valueOf(7) : Long.valueOf(8)) : null;
        }

        @Override
        Drain kept(long host) {
            return new Drain(host, "ws-01", "DRAINING", fragments, fragments, 0, null, null, List.of(), List.of());
        }

        @Override
        Drain close(long host, String actor) {
            closed = true;
            return kept(host);
        }

        @Override
        String shutOut(Role role, long number, String actor) {
            shutOut.add(role + " " + number);
            return Map.of(role, number) + " is shut out";
        }
    }
}
