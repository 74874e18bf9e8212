package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.cranny.central.job.JobTally;
import org.cranny.central.log.LogQuery;
import org.cranny.central.snapshot.Commitment;
import org.cranny.central.snapshot.SnapshotBrief;
import org.cranny.central.system.Coverage;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.InventoryPage;
import org.cranny.central.system.InventoryQuery;
import org.cranny.central.system.InventoryQuery.Sort;
import org.cranny.central.system.InventoryQuery.Which;
import org.cranny.central.system.Machine;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.job.JobClaim;
import org.cranny.protocol.job.JobOffer;
import org.cranny.protocol.job.JobRequest;
import org.cranny.protocol.job.JobResult;
import org.cranny.protocol.job.JobState;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people list: a page of it, found, sorted and counted in the database. */
class ListsTest {
    private static final String NONE_BEFORE = "0".repeat(64);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void systemsAreFoundSortedAndCountedAPageAtATime(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine alpha = bench.source("Alpha");
            bench.source("beta_1");
            bench.source("betaX1");
            bench.host("store");
            bench.central.systems.giveTo(alpha.id.number(), "ann@example.org", "admin");
            assertEquals(List.of("Alpha", "beta_1"), names(bench, null, Which.SOURCES, Sort.NAME, false, 0, 2));
            assertEquals(List.of("betaX1"), names(bench, null, Which.SOURCES, Sort.NAME, false, 2, 2));
            assertEquals(List.of("store"), names(bench, null, Which.HOSTS, Sort.FREE, true, 0, 10));
            assertEquals(List.of("beta_1"), names(bench, "A_1", Which.ALL, Sort.NAME, false, 0, 10));
            assertEquals(List.of("Alpha"), names(bench, "ANN@", Which.ALL, Sort.RATING, false, 0, 10));
            assertEquals(List.of(), names(bench, "100%", Which.ALL, Sort.KEPT, true, 0, 10));
            InventoryPage page = bench.central.inventory.page(query(null, Which.ALL, Sort.NAME, false, 0, 1));
            assertEquals(4, page.total());
            InventoryQuery all = query(null, Which.ALL, Sort.NAME, false, 0, 10);
            assertEquals(List.of("Alpha"), names(bench, all.within(Set.of("ann@example.org", "other@example.org"))));
            assertEquals(List.of(), names(bench, all.within(Set.of("bob@example.org"))));
            assertEquals(List.of(), names(bench, all.within(Set.of())));
            assertEquals(
                    List.of(alpha.id.number()),
                    bench.central.systems.ownedBy(Set.of("ann@example.org")).stream()
                            .map(Machine::number)
                            .toList());
            assertEquals(List.of(), bench.central.systems.ownedBy(Set.of()));
            assertNull(page.lines().get(0).host());
            bench.central.systems.revoke(alpha.id.number(), "admin", "lost");
            assertEquals(List.of("Alpha"), names(bench, null, Which.REVOKED, Sort.BACKED_UP, true, 0, 10));
            assertEquals(
                    3,
                    bench.central
                            .inventory
                            .page(query(null, Which.ALL, Sort.NAME, false, 0, 10))
                            .total());
        }
    }

    @ParameterizedTest
    @EnumSource
    void machinesAndHostsComeByNumberAPageAtATime(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            long first = bench.host("store").id.number();
            long second = bench.source("ws").id.number();
            long third = bench.host("store").id.number();
            bench.central.systems.giveTo(third, "Ann@example.org", "admin");
            assertEquals(List.of(first, second), machines(bench, null, null, 0, 2));
            assertEquals(List.of(third), machines(bench, null, null, second, 2));
            assertEquals(List.of(), machines(bench, null, null, third, 2));
            assertEquals(List.of(first, third), machines(bench, null, "store", 0, 10));
            assertEquals(List.of(third), machines(bench, null, "store", first, 10));
            assertEquals(List.of(), machines(bench, null, "STORE", 0, 10));
            assertEquals(List.of(third), machines(bench, Set.of("ann@example.org"), null, 0, 10));
            assertEquals(List.of(), machines(bench, Set.of("ann@example.org"), "ws", 0, 10));
            assertEquals(List.of(), machines(bench, Set.of(), null, 0, 10));
            assertEquals(List.of(first), hosts(bench, 0, 1));
            assertEquals(List.of(third), hosts(bench, first, 10));
            assertEquals(Map.of(second, "ws", third, "store"), bench.central.systems.names(Set.of(second, third, 99L)));
            assertEquals(Map.of(), bench.central.systems.names(Set.of()));
            bench.central.systems.revoke(first, "admin", "lost");
            assertEquals(List.of(third), hosts(bench, 0, 10));
            assertEquals(List.of(first, second, third), machines(bench, null, null, 0, 10));
        }
    }

    private static List<Long> machines(Bench bench, Set<String> owners, String name, long after, int limit) {
        return bench.central.systems.page(owners, name, after, limit).stream()
                .map(Machine::number)
                .toList();
    }

    private static List<Long> hosts(Bench bench, long after, int limit) {
        return bench.central.hosts.page(after, limit).stream()
                .map(HostStatus::number)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void whoeverWasBackedUpWithinThreeDaysIsProtected(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            bench.source("never");
            TestMachine[] hosts = {bench.host("h1"), bench.host("h2")};
            assertEquals(List.of("never", "ws"), unprotected(bench));
            commit(bench, source, 1, NONE_BEFORE, hosts);
            assertEquals(List.of("never"), unprotected(bench));
            bench.clock.advance(Duration.ofMinutes(1));
            TestMachine later = bench.source("later");
            commit(bench, later, 1, NONE_BEFORE, hosts);
            assertEquals(List.of("later", "ws"), newest(bench, 10));
            assertEquals(List.of("later"), newest(bench, 1));
            bench.central.systems.revoke(later.id.number(), "admin", "lost");
            assertEquals(List.of("ws"), newest(bench, 10));
            Coverage coverage = bench.central.inventory.coverage();
            assertEquals(2, coverage.sources());
            assertEquals(1, coverage.protectedSources());
            assertEquals(1, coverage.neverBackedUp());
            assertEquals(2, coverage.hosts());
            assertEquals(2, coverage.accepting());
            assertTrue(coverage.freeBytes() > 19 * TestMachine.GIB, coverage.toString());
            assertEquals(0, coverage.idleBytes());
            bench.clock.advance(Duration.ofDays(3).plusSeconds(1));
            assertEquals(List.of("never", "ws"), unprotected(bench));
            assertFalse(bench.central
                    .inventory
                    .find(source.id.number())
                    .orElseThrow()
                    .isProtected());
            bench.restart();
            assertTrue(bench.central
                            .inventory
                            .find(source.id.number())
                            .orElseThrow()
                            .backedUp()
                    != null);
        }
    }

    private static List<String> newest(Bench bench, int limit) {
        return bench.central.inventory.newest(limit).stream()
                .map(line -> line.machine().name())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void snapshotsOfATimeAreListedWithoutWhatIsForgotten(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            TestMachine[] hosts = {bench.host("h1"), bench.host("h2")};
            Instant first = bench.clock.instant();
            Commitment one = commit(bench, source, 1, NONE_BEFORE, hosts);
            bench.clock.advance(Duration.ofDays(1));
            commit(bench, source, 2, one.answer().snapshot(), hosts);
            long number = source.id.number();
            Instant second = bench.clock.instant();
            assertEquals(1, bench.central.snapshots.received(first, second));
            assertEquals(2, bench.central.snapshots.received(first, second.plusMillis(1)));
            assertEquals(
                    List.of(2L, 1L),
                    bench.central.snapshots.between(number, first, second.plusMillis(1), 10).stream()
                            .map(SnapshotBrief::version)
                            .toList());
            bench.central.keepsakes.forget(number, List.of(1L), "admin");
            assertEquals(
                    List.of(2L),
                    bench.central.snapshots.between(number, first, second.plusMillis(1), 10).stream()
                            .map(SnapshotBrief::version)
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void backupsThatEndedAreCountedByHowTheyEnded(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            Instant from = bench.clock.instant();
            end(bench, source, "DONE", 0);
            end(bench, source, "DONE", 3);
            end(bench, source, "FAILED", 1);
            bench.clock.advance(Duration.ofSeconds(1));
            assertEquals(new JobTally(1, 1, 1), bench.central.jobs.ended(from, bench.clock.instant()));
            assertEquals(new JobTally(0, 0, 0), bench.central.jobs.ended(from.minusSeconds(9), from));
            assertEquals(2, bench.central.jobs.count(JobState.DONE));
        }
    }

    @ParameterizedTest
    @EnumSource
    void logIsListedByWhoAndWithWhat(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            for (int i = 0; i < 3; i++) {
                bench.central.log.append("ann", "test", "system " + i, "");
                bench.central.log.append("bob", "test", "system 1", "");
            }
            assertEquals(
                    3,
                    bench.central.log.list(new LogQuery("ann", null, null, 10)).size());
            assertEquals(
                    4,
                    bench.central
                            .log
                            .list(new LogQuery(null, "system 1", null, 10))
                            .size());
            assertEquals(
                    1,
                    bench.central
                            .log
                            .list(new LogQuery("ann", "system 1", null, 10))
                            .size());
            assertEquals(
                    List.of(4L, 3L),
                    bench.central.log.list(new LogQuery(null, null, 5L, 2)).stream()
                            .map(line -> line.sequence())
                            .toList());
            assertEquals(6, bench.central.log.count());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHostHasOneLineADayAndAHundredDays(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine host = bench.host("h1");
            long number = host.id.number();
            bench.central.reliability.weigh();
            bench.central.reliability.weigh();
            assertEquals(1, bench.central.reliability.days(number).size());
            IntStream.range(0, 103).forEach(day -> {
                bench.clock.advance(Duration.ofDays(1));
                bench.central.reliability.weigh();
            });
            var days = bench.central.reliability.days(number);
            assertEquals(101, days.size());
            assertEquals(10 * TestMachine.GIB, days.get(0).freeBytes());
            assertTrue(days.get(0).day().isBefore(days.get(1).day()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void masterFileThatWasChangedInTheDatabaseIsNotGenuine(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            bench.host("h1");
            bench.central.masterFiles.refresh("test");
            assertTrue(bench.central.masterFiles.isGenuine());
            bench.central.hosts.decide(
                    bench.host("h2").id.number(), org.cranny.protocol.masterfile.Host.State.DRAINING, "admin");
            long version = bench.central.masterFiles.refresh("again").version();
            try (Connection connection = bench.dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                // The document of one version under the number of another: well-formed, signed, and yet not the newest.
                statement.executeUpdate("update master_file set octets = (select m.octets from master_file m where"
                        + " m.version = " + (version - 1) + ") where version = " + version);
            }
            assertFalse(bench.central.masterFiles.isGenuine());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMachinesCertificatesAreListed(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            var certificates = bench.central.authority.certificates(source.id.number(), 10);
            assertEquals(1, certificates.size());
            assertTrue(certificates.get(0).expires().isAfter(bench.clock.instant()));
        }
    }

    private static List<String> unprotected(Bench bench) {
        return names(bench, null, Which.UNPROTECTED, Sort.NAME, false, 0, 10);
    }

    private static List<String> names(
            Bench bench, String text, Which which, Sort sort, boolean descending, int skip, int limit) {
        return names(bench, query(text, which, sort, descending, skip, limit));
    }

    private static List<String> names(Bench bench, InventoryQuery query) {
        return bench.central.inventory.page(query).lines().stream()
                .map(line -> line.machine().name())
                .toList();
    }

    private static InventoryQuery query(String text, Which which, Sort sort, boolean descending, int skip, int limit) {
        return new InventoryQuery(text, which, sort, descending, skip, limit);
    }

    private static Commitment commit(
            Bench bench, TestMachine source, long version, String previous, TestMachine... hosts) {
        FragmentId pack = TestMachine.pack(source.id + " " + version);
        bench.hold(source, pack, hosts);
        return bench.commit(source, version, previous, List.of(pack), List.of());
    }

    private static void end(Bench bench, TestMachine source, String state, int exitCode) {
        bench.central.jobs.order("admin", source.id.number(), new JobRequest("RUN_NOW", null, null, null));
        JobOffer offer = bench.central
                .claims
                .claim(source.id, JobClaim.everything("a".repeat(32)))
                .orElseThrow();
        bench.central.claims.result(
                source.id, offer.job(), new JobResult(offer.claim(), state, exitCode, Map.of(), null, 0, null));
    }
}
