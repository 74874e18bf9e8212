package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.cranny.central.anchor.LogVerification;
import org.cranny.central.log.AuditLog;
import org.cranny.central.log.LogLine;
import org.cranny.central.log.LogQuery;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogAnchorTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void threeHostsKeepTheHeadAndAgree(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            List<TestMachine> hosts = hosts(bench, 4);
            assertEquals(3, bench.central.anchors.anchor().size());
            LogVerification verified = bench.central.anchors.verify();
            assertTrue(verified.whole());
            assertNull(verified.broken());
            assertEquals(
                    3,
                    verified.anchors().stream()
                            .filter(witness -> witness.state().equals("AGREES"))
                            .count());
            bench.central.daemons.stop(hosts.get(0));
            assertEquals(3, bench.central.anchors.anchor().size());
            assertEquals("AWAY", bench.central.anchors.verify().anchors().get(0).state());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWholeChainWithAnotherPastIsContradicted(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            hosts(bench, 3);
            bench.central.anchors.anchor();
            long anchored = bench.central.log.head().sequence();
            List<LogLine> past = new ArrayList<>();
            bench.central.log.behind(0, past::add);
            execute(bench, "delete from log", "update log_head set sequence = 0, hash = '" + "0".repeat(64) + "'");
            for (LogLine line : past) {
                bench.central.log.append("nobody", line.action(), line.subject(), line.detail());
            }
            LogVerification verified = bench.central.anchors.verify();
            assertNull(verified.broken());
            assertFalse(verified.whole());
            assertEquals(anchored, verified.anchors().get(0).differs());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLogThatWasCutOffIsContradicted(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            hosts(bench, 3);
            AuditLog.Head before = bench.central.log.head();
            bench.central.log.append("anna", "what nobody may know", "system 7", "");
            bench.central.anchors.anchor();
            execute(
                    bench,
                    "delete from log where sequence > " + before.sequence(),
                    "update log_head set sequence = " + before.sequence() + ", hash = '" + before.hash() + "'");
            LogVerification verified = bench.central.anchors.verify();
            assertNull(verified.broken());
            assertFalse(verified.whole());
        }
    }

    @ParameterizedTest
    @EnumSource
    void entriesComeInPagesInBothDirections(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            for (int i = 0; i < 5; i++) {
                bench.central.log.append("anna", "test", "s" + i, "d");
            }
            long head = bench.central.log.head().sequence();
            assertEquals(
                    List.of(head - 1, head - 2),
                    bench.central.log.list(new LogQuery(null, null, head, 2)).stream()
                            .map(LogLine::sequence)
                            .toList());
            List<Long> behind = new ArrayList<>();
            bench.central.log.behind(head - 2, line -> behind.add(line.sequence()));
            assertEquals(List.of(head - 1, head), behind);
        }
    }

    private static List<TestMachine> hosts(Bench bench, int count) {
        List<TestMachine> hosts = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            TestMachine host = bench.host("h" + i);
            bench.central.daemons.run(host);
            hosts.add(host);
        }
        return hosts;
    }

    private static void execute(Bench bench, String... statements) throws SQLException {
        try (Connection connection = bench.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.executeUpdate(each);
            }
        }
    }
}
