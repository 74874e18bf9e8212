package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuditLogTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void chainIsWholeHoweverManyWrite(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            List<Callable<Void>> all = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                int number = i;
                all.add(() -> {
                    bench.central.log.append("a", "test", "s" + number, "");
                    return null;
                });
            }
            Bench.together(all);
            assertEquals(10, bench.central.log.newest(100).size());
            assertEquals(Optional.empty(), bench.central.log.firstBroken());
        }
    }

    @ParameterizedTest
    @EnumSource
    void entryThatWasChangedOrTakenOutIsFound(Databases kind) throws Exception {
        for (String harm : List.of(
                "update log set detail = 'nothing' where sequence = 2",
                "delete from log where sequence = 2",
                "delete from log where sequence = 3")) {
            try (Bench bench = new Bench(kind, folder.resolve(String.valueOf(harm.hashCode())))) {
                for (int i = 0; i < 3; i++) {
                    bench.central.log.append("a", "test", "s", "d");
                }
                try (Connection connection = bench.dataSource.getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.executeUpdate(harm);
                }
                long expected = harm.endsWith("3") ? 3 : 2;
                assertEquals(Optional.of(expected), bench.central.log.firstBroken());
            }
        }
    }
}
