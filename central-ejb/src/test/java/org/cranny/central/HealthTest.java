package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.cranny.central.database.Database;
import org.cranny.central.database.Disk;
import org.cranny.central.database.TestDatabase;
import org.cranny.central.health.Checks;
import org.cranny.central.health.Health;
import org.cranny.central.health.Health.Check;
import org.cranny.central.timer.Turn;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Central says that it is ready when it can do its work, and says what is wrong when it cannot. */
class HealthTest {
    @TempDir
    Path folder;

    private static List<String> down(Health health) {
        assertEquals(health.up() ? "UP" : "DOWN", health.status());
        return health.checks().stream()
                .filter(check -> check.status().equals("DOWN"))
                .map(Check::name)
                .toList();
    }

    private static List<String> later(Bench bench) {
        bench.clock.advance(Duration.ofSeconds(5));
        return down(bench.central.checks.ready());
    }

    @ParameterizedTest
    @EnumSource
    void isNotReadyBeforeTheStartIsOver(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            Database database = new Database(bench.central.transactions, new Disk(bench.dataSource));
            Checks checks = new Checks(
                    database,
                    bench.central.masterFiles,
                    new Turn(database, bench.clock),
                    bench.central.settings,
                    bench.clock,
                    bench.dataSource);
            assertEquals(List.of("database", "schema", "master-file"), down(checks.ready()));
            assertTrue(checks.live().up());
            TestDatabase.open(database);
            assertFalse(checks.ready().up(), "it is looked once in five seconds");
            bench.clock.advance(Duration.ofSeconds(5));
            assertEquals(List.of(), down(checks.ready()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void isNotReadyWhenNobodyLooksAfterTheMasterFile(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            bench.clock.advance(Duration.ofSeconds(140));
            assertEquals(List.of(), later(bench));
            bench.clock.advance(Duration.ofSeconds(10));
            assertEquals(List.of("master-file"), later(bench));
            assertTrue(new Turn(bench.central.database, bench.clock).take("master-file", Duration.ofMinutes(1)));
            assertEquals(List.of(), later(bench), "another server does");
            bench.clock.advance(Duration.ofMinutes(1));
            assertEquals(List.of("master-file"), later(bench));
            bench.central.masterFiles.refresh("test");
            assertEquals(List.of(), later(bench));
        }
    }

    @ParameterizedTest
    @EnumSource
    void isNotReadyWhenTheHomeCannotBeWrittenTo(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            Path inTheWay = folder.resolve("home/ready.part");
            Files.createDirectory(inTheWay);
            assertEquals(List.of("home"), later(bench));
            Files.delete(inTheWay);
            assertEquals(List.of(), later(bench));
            assertFalse(Files.exists(inTheWay), "nothing is left behind");
        }
    }

    @ParameterizedTest
    @EnumSource
    void isNotReadyWhenTheSchemaIsOlder(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            try (Connection connection = bench.dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                assertEquals(
                        1,
                        statement.executeUpdate("delete from \"flyway_schema_history\" where \"installed_rank\" ="
                                + " (select max(\"installed_rank\") from \"flyway_schema_history\")"));
            }
            assertEquals(List.of("schema"), later(bench));
        }
    }
}
