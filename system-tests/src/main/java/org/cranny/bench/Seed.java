package org.cranny.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/seed}. Exit codes: 0 done, 1 failed, 2 wrong use. */
@Command(
        name = "seed",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Adds systems and what they would have left in central's database, while central does not run.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong use"})
public final class Seed extends Bench {

    /** What never reports would be silent and looked for; a seeded realm is not to spend its time on that. */
    private static final String SETTINGS = """

            # Seeded hosts never report.
            cranny.host.suspect-seconds=31536000
            cranny.host.lost-always-on-seconds=31536000
            cranny.host.lost-office-seconds=31536000
            cranny.host.lost-sometimes-seconds=31536000
            cranny.host.lost-unknown-seconds=31536000
            cranny.reliability.look-seconds=31536000
            """;

    @Option(names = "--systems", defaultValue = "10000", description = "how many (default ${DEFAULT-VALUE})")
    int systems;

    @Option(names = "--snapshots", defaultValue = "1000000", description = "of all together (default ${DEFAULT-VALUE})")
    int snapshots;

    @Option(
            names = "--database",
            paramLabel = "JDBC-URL",
            description = "the database that bench/postgresql gave the cluster; without it: H2 in the home")
    String database;

    @Option(names = "--user", defaultValue = "cranny", description = "of that database (default ${DEFAULT-VALUE})")
    String user;

    private Seed() {}

    public static void main(String[] arguments) {
        run(new Seed(), arguments);
    }

    @Override
    public Integer call() throws SQLException, IOException {
        if (systems < 1 || snapshots < 0) {
            throw new IllegalArgumentException("there must be at least one system, and no fewer than 0 snapshots.");
        }
        requireStopped();
        String url = database == null
                ? "jdbc:h2:file:" + home.toAbsolutePath().resolve("central/database/central") + ";IFEXISTS=TRUE"
                : database + (database.contains("?") ? "&" : "?") + "reWriteBatchedInserts=true";
        try (Connection connection = DriverManager.getConnection(url, user, database == null ? "embedded" : "")) {
            connection.setAutoCommit(false);
            new Run(connection, systems, snapshots, Instant.now()).add(System.out::println);
            connection.setAutoCommit(true);
            connection.createStatement().execute("analyze");
        }
        Path settings = home.resolve("central/central.properties");
        if (!Files.readString(settings).contains("look-seconds=31536000")) {
            Files.writeString(settings, SETTINGS, StandardOpenOption.APPEND);
        }
        Files.writeString(home.resolve("central/people.ldif"), Owner.LDIF);
        return 0;
    }

    private void requireStopped() {
        if (cluster().central().pid() != 0) {
            throw new IllegalStateException("central runs. Stop it: bin/cluster kill-central --home " + home);
        }
    }
}
