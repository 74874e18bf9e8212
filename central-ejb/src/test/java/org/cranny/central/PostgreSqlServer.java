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
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.cranny.central.database.Schema;
import org.h2.jdbcx.JdbcConnectionPool;

/** A PostgreSQL server of our own. As root it runs as nobody, who must be able to reach its folder. */
final class PostgreSqlServer {
    /** Below the ports that systems give to outgoing connections. */
    private static final int FIRST_PORT = 10_000;

    private static final int PORTS = 10_000;
    private static final int ATTEMPTS = 10;
    private static final long SECONDS = 60;
    private static final long PAUSE_NANOS = 5_000_000;
    private static final String MIGRATED = "migrated";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Path data;
    private int port;

    private PostgreSqlServer(Path data) {
        this.data = data;
    }

    static boolean isInstalled() {
        return program("initdb") != null;
    }

    /** Makes one that is not started. @param data an empty folder */
    static PostgreSqlServer make(Path data) throws IOException {
        if (System.getProperty("user.name").equals("root")) {
            run(List.of("chown", "nobody", data.toString()));
        }
        run(asUser(program("initdb"), "-D", data + "/db", "-U", "cranny", "-A", "trust", "-N", "-E", "UTF8"));
        return new PostgreSqlServer(data);
    }

    /**
     * Starts it, at the port that it had before; at first at one of its own, for which it tries again, because another
     * process may have taken one that was free a moment ago.
     *
     * @param options as on its command line
     */
    void start(String options) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int tried = port == 0 ? FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS) : port;
            String all =
                    "-p " + tried + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + data + " " + options;
            try {
                run(asUser(program("pg_ctl"), "-D", data + "/db", "-l", data + "/log", "-o", all, "-w", "start"));
                port = tried;
                return;
            } catch (IOException taken) {
                if (attempt == ATTEMPTS) {
                    throw taken;
                }
            }
        }
    }

    /** The first of its processes; empty when it does not run, or its file was lost in a power cut. */
    Optional<ProcessHandle> postmaster() throws IOException {
        Path file = data.resolve("db/postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Files.readAllLines(file).stream()
                .findFirst()
                .flatMap(number -> ProcessHandle.of(Long.parseLong(number)))
                .filter(each -> each.info().commandLine().orElse("").contains(data.toString()));
    }

    /** Kills all of its processes with SIGKILL, the first one first; returns when they are gone. */
    void kill() throws IOException {
        List<ProcessHandle> all = new ArrayList<>();
        postmaster().ifPresent(all::add);
        all.addAll(all.stream().flatMap(ProcessHandle::children).toList());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().join());
    }

    /** Returns when it takes connections. */
    void await() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!takesConnections()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("PostgreSQL takes no connections");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean takesConnections() {
        try (Connection connection = DriverManager.getConnection(url("postgres"))) {
            return connection.isValid(1);
        } catch (SQLException away) {
            return false;
        }
    }

    void stop() {
        try {
            run(asUser(program("pg_ctl"), "-D", data + "/db", "-m", "immediate", "stop"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops it and deletes its folder. */
    void remove() {
        stop();
        try {
            run(List.of("rm", "-rf", data.toString()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes the database that those of {@link #fresh} are copies of. */
    void makeMigrated() throws SQLException {
        create(MIGRATED, "template1");
        JdbcConnectionPool pool = (JdbcConnectionPool) Databases.at(url(MIGRATED));
        Schema.migrate(pool);
        pool.dispose();
    }

    /** @return where a new database is, with the schema and nothing else in it */
    String fresh() throws SQLException {
        String name = "central" + NUMBER.incrementAndGet();
        create(name, MIGRATED);
        return url(name);
    }

    private void create(String name, String template) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("postgres"));
                Statement statement = connection.createStatement()) {
            // Copied file by file: a fourth of the time that page by page through the log takes.
            statement.execute("create database " + name + " template " + template + " strategy file_copy");
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=cranny";
    }

    private static String program(String name) {
        for (String folder : (System.getenv("PATH") + ":/usr/lib/postgresql/15/bin").split(":")) {
            if (Files.isExecutable(Path.of(folder, name))) {
                return Path.of(folder, name).toString();
            }
        }
        return null;
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
            boolean waited = command.contains("start") || process.waitFor(SECONDS, TimeUnit.SECONDS);
            int code = waited ? process.waitFor() : -1;
            if (code != 0) {
                throw new IOException(command + ": " + new String(out.readNBytes(2_000)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
