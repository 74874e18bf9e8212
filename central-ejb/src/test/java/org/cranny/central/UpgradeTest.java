package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cranny.central.log.LogLine;
import org.cranny.central.settings.Settings;
import org.cranny.central.upgrade.Orders;
import org.cranny.central.upgrade.Programs;
import org.cranny.central.upgrade.Upgrade;
import org.cranny.central.upgrade.UpgradeNews;
import org.cranny.central.upgrade.UpgradeRequest;
import org.cranny.central.upgrade.Upgrades;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.release.ProgramReport;
import org.cranny.protocol.release.ProgramReport.FailedUpgrade;
import org.cranny.protocol.release.Release;
import org.cranny.protocol.release.UpgradeOrder;
import org.cranny.protocol.release.Upkeep;
import org.cranny.protocol.release.Version;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which programs are ordered to be upgraded when, and what central remembers of it. */
class UpgradeTest {
    @TempDir
    Path folder;

    private final List<Long> told = new ArrayList<>();
    private Path packages;
    private Programs programs;
    private Orders orders;
    private Upgrades upgrades;

    @ParameterizedTest
    @EnumSource
    void oneGoesFirstAndTheNextWhenItIsThere(Databases kind) throws Exception {
        try (Bench bench = bench(kind)) {
            TestMachine first = bench.source("first");
            TestMachine second = bench.source("second");
            assertNull(report(first, "1.0", null));
            assertNull(report(second, "1.0", null));
            Upgrade begun = upgrades.ask("ann", all(false));
            assertEquals("RUNNING", begun.state());
            assertEquals(List.of(first.id.number(), second.id.number()), told);
            assertTrue(orders.hasNewsFor(second.id.number()));
            UpgradeOrder order = report(first, "1.0", null);
            assertEquals("1.1", order.version());
            assertEquals(order, report(first, "1.0", null), "the same report gets the same answer");
            assertNull(report(second, "1.0", null), "it is not its turn");
            assertEquals(
                    packages.resolve("cranny-1.1-linux-amd64.tar.gz"),
                    orders.archive(first.id.number(), "source", "1.1"));
            Bench.refused(ProblemKind.NOT_FOUND, () -> orders.archive(second.id.number(), "source", "1.1"));
            assertNull(report(first, "1.1", null));
            assertNotNull(report(second, "1.0", null));
            assertNull(report(second, "1.1", null));
            bench.restart();
            arrange(bench);
            Upgrade done = upgrades.find(begun.id());
            assertEquals("DONE", done.state());
            assertEquals(2, done.upgraded());
            assertEquals(List.of("UPGRADED", "UPGRADED"), states(done));
            assertTrue(log(bench).contains("upgraded"), () -> log(bench));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFirstThatFailsStopsTheRest(Databases kind) throws Exception {
        try (Bench bench = bench(kind)) {
            TestMachine first = bench.source("first");
            TestMachine second = bench.source("second");
            report(first, "1.0", null);
            report(second, "1.0", null);
            long id = upgrades.ask("ann", all(false)).id();
            report(first, "1.0", null);
            assertNull(report(first, "1.0", new FailedUpgrade("1.1", "it ended by itself")));
            Upgrade stopped = upgrades.find(id);
            assertEquals("STOPPED", stopped.state());
            assertEquals("first did not take it: it ended by itself", stopped.stopped());
            assertEquals(List.of("FAILED", "SKIPPED"), states(stopped));
            assertNull(report(second, "1.0", null));
            assertEquals(
                    List.of("BEHIND", "BEHIND"),
                    programs.all().stream().map(line -> line.state()).toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeUpgradedFromHereSaysWhy(Databases kind) throws Exception {
        try (Bench bench = bench(kind)) {
            TestMachine debian = bench.source("debian");
            TestMachine newer = bench.source("newer");
            TestMachine arm = bench.source("arm");
            TestMachine current = bench.source("current");
            TestMachine gone = bench.source("gone");
            orders.report(debian.id.number(), new ProgramReport("source", "1.0", "amd64", Upkeep.PACKAGES, null));
            report(newer, "2.0", null);
            orders.report(arm.id.number(), new ProgramReport("source", "1.0", "arm64", Upkeep.CENTRAL, null));
            report(current, "1.1", null);
            report(gone, "1.0", null);
            bench.central.systems.revoke(gone.id.number(), "ann", "stolen");
            Upgrade tried = upgrades.ask("ann", all(true));
            assertEquals("TRIED", tried.state());
            assertNull(tried.id());
            assertEquals(List.of("EXCLUDED", "EXCLUDED", "EXCLUDED", "CURRENT"), states(tried));
            assertEquals("the machine's own packages upgrade it", reason(tried, 0));
            assertEquals("it runs 2.0, and nothing goes back to an older version", reason(tried, 1));
            assertEquals("central has no archive of version 1.1 of its source for arm64", reason(tried, 2));
            assertEquals(List.of(), upgrades.newest(10));
            assertEquals("DONE", upgrades.ask("ann", all(false)).state(), "nothing is to be done");
            Files.delete(packages.resolve("cranny-1.1-linux-amd64.tar.gz.sig"));
            report(newer, "1.0", null);
            assertTrue(reason(upgrades.ask("ann", all(true)), 1).startsWith("central's archive has no signature"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void silenceIsAFailureAndWhoIsAwayWaits(Databases kind) throws Exception {
        try (Bench bench = bench(kind)) {
            TestMachine first = bench.source("first");
            TestMachine away = bench.source("away");
            report(first, "1.0", null);
            report(away, "1.0", null);
            long id = upgrades.ask("ann", all(false)).id();
            report(first, "1.0", null);
            bench.clock.advance(Duration.ofMinutes(59));
            orders.sweep();
            assertEquals(List.of("UPGRADING", "WAITING"), states(upgrades.find(id)));
            bench.clock.advance(Duration.ofMinutes(2));
            orders.sweep();
            assertEquals(List.of("FAILED", "SKIPPED"), states(upgrades.find(id)));

            long again = upgrades.ask("ann", new UpgradeRequest(List.of("away"), null, null, null, null))
                    .id();
            bench.clock.advance(Duration.ofDays(29));
            orders.sweep();
            assertEquals(List.of("WAITING"), states(upgrades.find(again)));
            assertEquals("STOPPED", upgrades.stop("ann", again).state());
            assertNull(report(away, "1.0", null));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeMeantBeginsNothing(Databases kind) throws Exception {
        try (Bench bench = bench(kind)) {
            report(bench.source("first"), "1.0", null);
            Bench.refused(
                    ProblemKind.BAD_REQUEST,
                    () -> upgrades.ask("ann", new UpgradeRequest(List.of("nobody"), null, null, null, null)));
            Bench.refused(
                    ProblemKind.BAD_REQUEST,
                    () -> upgrades.ask("ann", new UpgradeRequest(null, null, null, null, null)));
            Bench.refused(
                    ProblemKind.BAD_REQUEST,
                    () -> upgrades.ask("ann", new UpgradeRequest(null, true, List.of("server"), null, null)));
            Bench.refused(
                    ProblemKind.NO_PACKAGES,
                    () -> upgrades.ask("ann", new UpgradeRequest(null, true, null, "7.7", null)));
            assertEquals(List.of(), upgrades.newest(10));
        }
    }

    // ---- parts

    private Bench bench(Databases kind) throws IOException, java.sql.SQLException, GeneralSecurityException {
        packages = Files.createDirectories(folder.resolve("packages"));
        PrivateKey key =
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
        for (String version : List.of("1.0", "1.1")) {
            Path archive = Files.writeString(
                    packages.resolve("cranny-" + version + "-linux-amd64.tar.gz"), "a program, " + version);
            Release release = Release.of("source", new Version(version), "amd64", archive);
            Files.writeString(Path.of(archive + ".sig"), release.sign(key));
        }
        Bench bench = new Bench(kind, folder);
        arrange(bench);
        return bench;
    }

    private void arrange(Bench bench) {
        programs = new Programs(
                bench.central.database,
                bench.central.systems,
                Settings.of(Map.of("cranny.packages", packages.toString())));
        orders = new Orders(
                bench.central.database,
                programs,
                bench.central.systems,
                bench.central.log,
                bench.clock,
                (UpgradeNews news) -> told.add(news.system()));
        upgrades = new Upgrades(
                bench.central.database, programs, orders, bench.central.systems, bench.central.log, bench.clock);
    }

    private UpgradeOrder report(TestMachine machine, String version, FailedUpgrade failed) {
        return orders.report(machine.id.number(), new ProgramReport("source", version, "amd64", Upkeep.CENTRAL, failed))
                .upgrade();
    }

    private static UpgradeRequest all(boolean dryRun) {
        return new UpgradeRequest(null, true, null, null, dryRun);
    }

    private static List<String> states(Upgrade upgrade) {
        return upgrade.results().stream().map(Upgrade.Line::state).toList();
    }

    private static String reason(Upgrade upgrade, int place) {
        return upgrade.results().get(place).reason();
    }

    private static String log(Bench bench) {
        return bench.central.log.newest(20).stream()
                .map(LogLine::toString)
                .toList()
                .toString();
    }
}
