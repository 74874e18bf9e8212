package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.cranny.central.installation.Installation;
import org.cranny.central.installation.InstallationRequest;
import org.cranny.central.installation.InstallationRequest.MachineKey;
import org.cranny.central.installation.Installations;
import org.cranny.central.installation.TestInstallations;
import org.cranny.central.log.LogLine;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What central remembers of installations; how machines are installed is claimed beside the scripts. */
class InstallationTest {
    private static final String PASSWORD = "swordfish";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void theReportSurvivesAndSaysNoSecret(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            Installations all = installations(bench, Runnable::run);
            Installation tried = all.ask("admin", request(true, "ws-01", "10.0.0.9"));
            assertEquals("INCOMPLETE", tried.state());
            assertEquals(List.of("READY", "FAILED"), states(tried));
            assertEquals("nobody answers", tried.results().get(1).reason());
            bench.restart();
            Installations later = installations(bench, Runnable::run);
            assertEquals(tried, later.find(tried.id()));
            Installation listed = later.newest(10).get(0);
            assertNull(listed.results());
            assertEquals(2, listed.machines());
            assertEquals(1, listed.failed());
            List<String> log =
                    bench.central.log.newest(10).stream().map(LogLine::toString).toList();
            assertTrue(
                    log.stream().anyMatch(line -> line.contains("daemon on ws-01, 10.0.0.9 as root")), log::toString);
            assertFalse(log.toString().contains(PASSWORD));
        }
    }

    /** The program of this machine joins nobody, so central does not believe that it is installed. */
    @ParameterizedTest
    @EnumSource
    void whatSaysThatItJoinedAndDidNotFailsAndItsTokenIsGoodForNothing(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            Installation failed = installations(bench, Runnable::run).ask("admin", request(false, "ws-01"));
            assertEquals(
                    "it says that it joined, and central does not know it",
                    failed.results().get(0).reason());
            String kept = java.nio.file.Files.readString(folder.resolve("machine/root/etc/enrolled-daemon"));
            TestMachine thief = new TestMachine("thief");
            Bench.refused(
                    ProblemKind.EXPIRED_TOKEN,
                    () -> bench.central.enrollments.enroll(thief.enrollment(kept.split(" ")[0], "host")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCentralsEndBrokeOffSaysSo(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            List<Runnable> never = new ArrayList<>();
            Installations all = installations(bench, never::add);
            Installation begun = all.ask("admin", request(false, "ws-01"));
            assertEquals("RUNNING", begun.state());
            assertEquals(List.of("WAITING"), states(begun));
            Installation after = installations(bench, Runnable::run).find(begun.id());
            assertEquals("INCOMPLETE", after.state());
            assertTrue(after.results().get(0).reason().startsWith("central stopped"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeMeantBeginsNothing(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            Installations all = installations(bench, Runnable::run);
            Bench.refused(ProblemKind.BAD_REQUEST, () -> all.ask("admin", request(false, "10.0.0.0/8")));
            Bench.refused(ProblemKind.NOT_FOUND, () -> all.find(1));
            assertEquals(List.of(), all.newest(10));
        }
    }

    private Installations installations(Bench bench, Executor executor) throws IOException {
        return TestInstallations.of(
                folder.resolve("machine"),
                bench.central.database,
                bench.central.log,
                bench.central.enrollments,
                bench.central.systems,
                bench.central.hosts,
                bench.central.inventory,
                bench.central.repairs,
                executor,
                bench.clock);
    }

    private static List<String> states(Installation installation) {
        return installation.results().stream()
                .map(Installation.MachineLine::state)
                .toList();
    }

    private static InstallationRequest request(boolean dryRun, String... targets) {
        return new InstallationRequest(
                List.of(targets),
                List.of("daemon"),
                "root",
                PASSWORD,
                null,
                null,
                List.of(new MachineKey("ws-01", "SHA256:" + "A".repeat(43))),
                "https://central:8081/cranny",
                null,
                null,
                null,
                dryRun);
    }
}
