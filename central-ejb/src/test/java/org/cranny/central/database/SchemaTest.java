package org.cranny.central.database;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
    @TempDir
    Path folder;

    @Test
    void comesToStandBesideTheServersTimersAndRunsTwice() throws Exception {
        JdbcConnectionPool dataSource = JdbcConnectionPool.create("jdbc:h2:file:" + folder.resolve("db"), "sa", "");
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table EJB__TIMER__TBL (x integer)");
            Schema.migrate(dataSource);
            Schema.migrate(dataSource);
            try (ResultSet rows = statement.executeQuery("select count(*) from log_head")) {
                assertTrue(rows.next());
                assertTrue(rows.getInt(1) == 1);
            }
        } finally {
            dataSource.dispose();
        }
    }
}
