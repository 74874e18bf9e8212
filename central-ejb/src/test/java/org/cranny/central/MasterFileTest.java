package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cranny.central.masterfile.MasterFileChanges.Change;
import org.cranny.central.masterfile.MasterFileChanges.HostChange;
import org.cranny.central.masterfile.MasterFileChanges.MemberChange;
import org.cranny.central.masterfile.MasterFileMade;
import org.cranny.central.masterfile.MasterFileVersion;
import org.cranny.central.masterfile.Refresher;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.heartbeat.HeartbeatAnswer;
import org.cranny.protocol.masterfile.Host.State;
import org.cranny.protocol.masterfile.MasterFile;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.signing.Signed;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MasterFileTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void isSignedListsHostsAndItsDeltaGivesTheSameFile(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine host = bench.host("h \"1\" \\ é");
            MasterFile first = bench.central.masterFiles.refresh("first");
            bench.host("h2");
            MasterFile second = bench.central.masterFiles.refresh("second");
            RealmKeys keys = RealmKeys.open(
                    Signed.parse(bench.central.authority.realmKeys()),
                    bench.central.authority.certificate().getPublicKey());
            second.verify(keys.masterFile());
            assertEquals(
                    "{\"id\":" + host.id.number() + ",\"name\":\"h \\\"1\\\" \\\\ é\","
                            + "\"address\":\"https://10.0.0.1:9443\",\"freeBytes\":10737418240,"
                            + "\"quotaBytes\":64424509440,\"rating\":0.9,\"availability\":\"unknown\","
                            + "\"domain\":\"host:" + host.id.number() + "\",\"state\":\"ACCEPTING\"}",
                    first.lines().get(host.id.number()));
            MasterFile applied = first.apply(bench.central.masterFiles.since(first.version()));
            applied.verify(keys.masterFile());
            assertEquals(second.text(), applied.text());
            assertEquals(second.text(), bench.central.masterFiles.since(12_345));
        }
    }

    @ParameterizedTest
    @EnumSource
    void versionRisesWithChangesOnlyAndOverRestarts(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            bench.host("h1");
            long first = bench.central.masterFiles.refresh("a").version();
            assertEquals(first, bench.central.masterFiles.refresh("b").version());
            bench.restart();
            assertEquals(first, bench.central.masterFiles.current().version());
            bench.host("h2");
            assertEquals(first + 1, bench.central.masterFiles.refresh("c").version());
            List<MasterFileVersion> versions = bench.central.masterFiles.versions(Long.MAX_VALUE, 10);
            assertEquals(
                    List.of("c", "a"),
                    versions.stream().map(MasterFileVersion::reason).toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void silentHostBecomesSuspectInANewVersionAndComesBackWithAReport(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine host = bench.host("h1");
            long before = bench.central.masterFiles.refresh("start").version();
            bench.clock.advance(Duration.ofSeconds(15));
            assertEquals(before, bench.central.masterFiles.refresh("timer").version());
            bench.clock.advance(Duration.ofSeconds(1));
            MasterFile after = bench.central.masterFiles.refresh("timer");
            assertEquals(before + 1, after.version());
            assertTrue(after.lines().get(host.id.number()).contains("\"state\":\"SUSPECT\""));
            assertTrue(bench.central
                    .masterFiles
                    .versions(Long.MAX_VALUE, 1)
                    .get(0)
                    .reason()
                    .contains("silent"));
            bench.central.heartbeats.report(host.id, host.heartbeat(10 * TestMachine.GIB));
            assertEquals(State.ACCEPTING, bench.state(host));
        }
    }

    @ParameterizedTest
    @EnumSource
    void centralThatSleptDoesNotBlameTheHosts(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine host = bench.host("h1");
            bench.clock.advance(Duration.ofHours(3));
            bench.restart();
            bench.central.masterFiles.refresh("timer");
            assertEquals(State.ACCEPTING, bench.state(host));
            bench.clock.advance(Duration.ofSeconds(16));
            bench.central.masterFiles.refresh("timer");
            assertEquals(State.SUSPECT, bench.state(host));
        }
    }

    @ParameterizedTest
    @EnumSource
    void statesFollowReportsAndDecisions(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine silent = new TestMachine("never heard");
            silent.joined(bench.central, silent.enrollment(bench.token(1, "host"), "host"));
            assertEquals(State.SUSPECT, bench.state(silent));
            TestMachine host = bench.host("h1");
            bench.central.heartbeats.report(host.id, host.heartbeat(1_000_000));
            assertEquals(State.FULL, bench.state(host));
            bench.central.hosts.decide(host.id.number(), State.DRAINING, "admin");
            bench.central.heartbeats.report(host.id, host.heartbeat(TestMachine.GIB));
            assertEquals(State.DRAINING, bench.state(host));
            bench.central.hosts.decide(host.id.number(), State.ACCEPTING, "admin");
            assertEquals(State.ACCEPTING, bench.state(host));
            Bench.refused(
                    ProblemKind.BAD_REQUEST, () -> bench.central.hosts.decide(host.id.number(), State.FULL, "admin"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void daemonThatWentBackInTimeIsQuarantined(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine host = bench.host("h1");
            bench.central.heartbeats.report(host.id, host.heartbeat(5, TestMachine.GIB));
            assertEquals(State.ACCEPTING, bench.state(host));
            bench.central.heartbeats.report(host.id, host.heartbeat(4, TestMachine.GIB));
            assertEquals(State.QUARANTINED, bench.state(host));
            assertEquals("quarantine", bench.central.log.newest(1).get(0).action());
        }
    }

    @ParameterizedTest
    @EnumSource
    void revokedHostsLeaveTheFileAndHeartbeatsNameThem(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine h1 = bench.host("h1");
            TestMachine h2 = bench.host("h2");
            bench.central.systems.revoke(h1.id.number(), "admin", "stolen");
            assertEquals(1, bench.central.masterFiles.refresh("x").lines().size());
            HeartbeatAnswer answer = bench.central.heartbeats.report(h2.id, h2.heartbeat(1));
            assertEquals(List.of(h1.id.number()), answer.revoked());
            assertEquals(List.of(), answer.probe());
            assertEquals(5, answer.intervalSeconds());
        }
    }

    @ParameterizedTest
    @EnumSource
    void newsIsGatheredAndNoneIsLost(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            Central central = bench.central;
            ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
            Refresher refresher = new Refresher(central.masterFiles, central.hosts, quick(central), executor);
            for (int i = 0; i < 5; i++) {
                bench.host("h" + i);
                central.news.forEach(refresher::hostsChanged);
                central.news.clear();
            }
            executor.shutdown();
            assertTrue(executor.awaitTermination(20, TimeUnit.SECONDS));
            assertEquals(5, central.masterFiles.current().lines().size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyVersionSaysWhatItChangedAndIsTold(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine h1 = bench.host("h1");
            long first = bench.central.masterFiles.refresh("first").version();
            bench.host("h2");
            bench.central.heartbeats.report(h1.id, h1.heartbeat(5 * TestMachine.GIB));
            long second = bench.central.masterFiles.refresh("second").version();
            bench.central.masterFiles.refresh("nothing new");
            assertEquals(List.of(new MasterFileMade(first), new MasterFileMade(second)), bench.central.made);
            MasterFileVersion version =
                    bench.central.masterFiles.versions(Long.MAX_VALUE, 10).get(0);
            assertEquals(
                    List.of(2, 1, 1, 0), List.of(version.hosts(), version.added(), version.changed(), version.gone()));
            List<HostChange> changes = bench.central
                    .masterFiles
                    .changes(second, 0, 1_000)
                    .orElseThrow()
                    .hosts();
            assertEquals(Change.CHANGED, changes.get(0).change());
            assertEquals(
                    List.of(new MemberChange("freeBytes", "10737418240", "5368709120")),
                    changes.get(0).members());
            assertEquals(Change.ADDED, changes.get(1).change());
            assertEquals(changes.subList(0, 1), page(bench, second, 0, 1));
            assertEquals(
                    changes.subList(1, 2), page(bench, second, changes.get(0).host(), 1));
            assertEquals(List.of(), page(bench, second, changes.get(1).host(), 1));
            bench.central.systems.revoke(h1.id.number(), "admin", "stolen");
            long third = bench.central.masterFiles.refresh("third").version();
            assertEquals(
                    new HostChange(h1.id.number(), "h1", Change.GONE, List.of()),
                    bench.central
                            .masterFiles
                            .changes(third, 0, 1_000)
                            .orElseThrow()
                            .hosts()
                            .get(0));
            assertEquals(1, bench.central.masterFiles.versions(second, 10).size());
            assertTrue(bench.central.masterFiles.changes(4_711, 0, 1_000).isEmpty());
        }
    }

    private static List<HostChange> page(Bench bench, long version, long after, int limit) {
        return bench.central
                .masterFiles
                .changes(version, after, limit)
                .orElseThrow()
                .hosts();
    }

    private static org.cranny.central.settings.Settings quick(Central central) {
        return org.cranny.central.settings.Settings.of(
                Map.of("cranny.home", central.settings.home().toString(), "cranny.master-file.delay-millis", "1"));
    }
}
