package org.cranny.central;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.cranny.central.database.Schema;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** Empty databases for tests: H2 in a file, PostgreSQL in a server of our own where its programs are installed. */
enum Databases {
    H2 {
        @Override
        String freshAt(Path folder) throws IOException, SQLException {
            Files.createDirectories(folder);
            Files.copy(migrated(), folder.resolve("central.mv.db"));
            return url(folder);
        }

        @Override
        boolean present() {
            return true;
        }
    },
    POSTGRESQL {
        @Override
        String freshAt(Path folder) throws IOException, SQLException {
            return server().fresh();
        }

        @Override
        boolean present() {
            return PostgreSqlServer.isInstalled();
        }
    };

    /** @return where another process finds the database too, for {@link #at} */
    abstract String freshAt(Path folder) throws IOException, SQLException;

    abstract boolean present();

    DataSource fresh(Path folder) throws IOException, SQLException {
        return at(freshAt(folder));
    }

    static DataSource h2(Path folder) {
        return at(url(folder));
    }

    private static String url(Path folder) {
        return "jdbc:h2:file:" + folder.resolve("central") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1";
    }

    static DataSource at(String url) {
        if (url.startsWith("jdbc:h2:")) {
            JdbcConnectionPool pool = JdbcConnectionPool.create(url, "sa", "");
            pool.setMaxConnections(20);
            return pool;
        }
        PGConnectionPoolDataSource dataSource = new PGConnectionPoolDataSource();
        dataSource.setUrl(url);
        return JdbcConnectionPool.create(dataSource);
    }

    /** Nobody will read it again; H2 would keep it open until the JVM ends. */
    static void drop(DataSource dataSource) {
        JdbcConnectionPool pool = (JdbcConnectionPool) dataSource;
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            if (connection.getMetaData().getURL().startsWith("jdbc:h2:")) {
                statement.execute("shutdown immediately");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        pool.dispose();
    }

    private static Path h2Template;

    /** A file of H2 with the schema in it: migrations are run once, tests begin with a copy. */
    private static synchronized Path migrated() throws IOException, SQLException {
        if (h2Template == null) {
            Path folder = Files.createTempDirectory("cranny-h2");
            DataSource dataSource = h2(folder);
            Schema.migrate(dataSource);
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("shutdown");
            }
            h2Template = folder.resolve("central.mv.db");
        }
        return h2Template;
    }

    private static PostgreSqlServer server;

    /** One PostgreSQL server for the whole test run, gone with the JVM, with a database {@code migrated} in it. */
    private static synchronized PostgreSqlServer server() throws IOException, SQLException {
        if (server == null) {
            server = PostgreSqlServer.make(Files.createTempDirectory("cranny-postgresql"));
            server.start("-c fsync=off");
            Runtime.getRuntime().addShutdownHook(new Thread(server::remove));
            server.makeMigrated();
        }
        return server;
    }
}
