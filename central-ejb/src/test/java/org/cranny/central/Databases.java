package org.cranny.central;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
            return Server.started().fresh();
        }

        @Override
        boolean present() {
            return Server.program("initdb") != null;
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
        return "jdbc:h2:file:" + folder.resolve("central") + ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1";
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

    /** One PostgreSQL server for the whole test run, stopped with the JVM. As root it runs as nobody. */
    private static final class Server {
        /** Below the ports that systems give to outgoing connections. */
        private static final int FIRST_PORT = 10_000;

        private static final int PORTS = 10_000;
        private static final int ATTEMPTS = 10;

        private static final AtomicInteger NUMBER = new AtomicInteger();
        private static Server started;

        private final int port;

        private Server(int port) {
            this.port = port;
        }

        static synchronized Server started() throws IOException, SQLException {
            if (started == null) {
                Path data = Files.createTempDirectory("cranny-postgresql");
                if (System.getProperty("user.name").equals("root")) {
                    run(List.of("chown", "nobody", data.toString()));
                }
                run(asUser(program("initdb"), "-D", data + "/db", "-U", "cranny", "-A", "trust", "-N", "-E", "UTF8"));
                int port = start(data);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(data)));
                started = new Server(port);
                started.create("migrated", "template1");
                JdbcConnectionPool pool = (JdbcConnectionPool) at(started.url("migrated"));
                Schema.migrate(pool);
                pool.dispose();
            }
            return started;
        }

        String fresh() throws SQLException {
            String name = "central" + NUMBER.incrementAndGet();
            create(name, "migrated");
            return url(name);
        }

        private void create(String name, String template) throws SQLException {
            try (Connection connection = DriverManager.getConnection(url("postgres"));
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + name + " template " + template);
            }
        }

        static String program(String name) {
            for (String folder : (System.getenv("PATH") + ":/usr/lib/postgresql/15/bin").split(":")) {
                if (Files.isExecutable(Path.of(folder, name))) {
                    return Path.of(folder, name).toString();
                }
            }
            return null;
        }

        private String url(String database) {
            return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=cranny";
        }

        private static void stop(Path data) {
            try {
                run(asUser(program("pg_ctl"), "-D", data + "/db", "-m", "immediate", "stop"));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private static List<String> asUser(String... command) {
            List<String> all = new ArrayList<>();
            if (System.getProperty("user.name").equals("root")) {
                all.addAll(List.of("setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups"));
            }
            all.addAll(List.of(command));
            return all;
        }

        private static void run(List<String> command) throws IOException {
            Process process = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.PIPE)
                    .start();
            try (InputStream out = process.getInputStream()) {
                boolean waited = command.contains("start") || process.waitFor(60, TimeUnit.SECONDS);
                int code = waited ? process.waitFor() : -1;
                if (code != 0) {
                    throw new IOException(command + ": " + new String(out.readNBytes(2_000)));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }

        /** Starts it on a port of its own; another process may have taken one that was free a moment ago. */
        private static int start(Path data) throws IOException {
            for (int attempt = 1; ; attempt++) {
                int port = FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
                String options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + data
                        + " -c fsync=off";
                try {
                    run(asUser(
                            program("pg_ctl"), "-D", data + "/db", "-l", data + "/log", "-o", options, "-w", "start"));
                    return port;
                } catch (IOException taken) {
                    if (attempt == ATTEMPTS) {
                        throw taken;
                    }
                }
            }
        }
    }
}
