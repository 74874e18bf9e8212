package org.cranny.central.database;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the schema up to date before anything else starts, then opens the database: the server finds the persistence unit
 * for beans of this module only, then for all. Were a request from the web module the first to ask, it would fail, and so
 * would every other one until a bean from here has asked. Beans that need the schema are {@code @DependsOn("Schema")}.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class Schema {
    @Resource(lookup = "jdbc/cranny")
    private DataSource dataSource;

    @Inject
    private Database database;

    @PostConstruct
    void start() {
        migrate(dataSource);
        database.open();
    }

    /** Runs the migrations of {@code sql/} that this database has not seen. The server's timers may have a table there. */
    public static void migrate(DataSource dataSource) {
        flyway(dataSource).migrate();
    }

    /** Whether this database has seen all migrations that this central knows. */
    public static boolean isCurrent(DataSource dataSource) {
        return flyway(dataSource).info().pending().length == 0;
    }

    private static Flyway flyway(DataSource dataSource) {
        return Flyway.configure(Schema.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .placeholders(types(dataSource))
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
    }

    /** Octet strings are the one thing for which H2 and PostgreSQL have no common word. */
    private static Map<String, String> types(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            boolean h2 = connection.getMetaData().getDatabaseProductName().equals("H2");
            return h2 ? Map.of("octets", "varbinary", "big", "blob") : Map.of("octets", "bytea", "big", "bytea");
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not answer", e);
        }
    }
}
