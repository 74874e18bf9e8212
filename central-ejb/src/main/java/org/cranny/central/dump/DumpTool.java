package org.cranny.central.dump;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.cranny.central.authority.HomeCopy;
import org.cranny.central.database.Schema;
import org.cranny.engine.keys.Escrow;
import org.cranny.engine.keys.KeysUnreadableException;
import org.cranny.engine.keys.Secret;
import org.cranny.engine.sealing.OpeningStream;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.tls.MachineIdentity;

/**
 * Looks into dumps and makes central again from one, while no central runs. Needs no server. Exit codes: 0, 1 failed,
 * 2 wrong use.
 */
public final class DumpTool {
    private final DumpToolOptions options;
    private final Clock clock;
    private final Function<MachineIdentity, DumpHosts> shelves;

    DumpTool(DumpToolOptions options, Clock clock, Function<MachineIdentity, DumpHosts> shelves) {
        this.options = options;
        this.clock = clock;
        this.shelves = shelves;
    }

    public static void main(String[] arguments) {
        System.exit(run(DumpTool::reading, System.out, System.err, arguments));
    }

    private static DumpHosts reading(MachineIdentity central) {
        return new HttpDumpHosts(central, () -> {
            throw new IllegalStateException("nothing is put onto hosts here");
        });
    }

    static int run(
            Function<MachineIdentity, DumpHosts> shelves, PrintStream out, PrintStream err, String... arguments) {
        try {
            DumpTool tool = new DumpTool(DumpToolOptions.parse(arguments), Clock.systemUTC(), shelves);
            out.println(tool.run());
            return 0;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return 2;
        } catch (IOException | GeneralSecurityException | SQLException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private String run() throws IOException, GeneralSecurityException, SQLException {
        return switch (options.command()) {
            case "list" -> options.rescue() == null ? list() : listOnHosts();
            case "fetch" -> fetch();
            case "verify" -> verify();
            default -> restore();
        };
    }

    private String list() throws IOException {
        Path folder = options.home().resolve("dumps");
        if (!Files.isDirectory(folder)) {
            return "There are no dumps in " + folder + ".";
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> dumps = files.filter(
                            file -> file.getFileName().toString().endsWith(".dump"))
                    .sorted()
                    .toList();
            StringBuilder text = new StringBuilder();
            for (Path dump : dumps) {
                text.append(dump).append("  ").append(Files.size(dump)).append(" octets\n");
            }
            return text.toString().strip();
        }
    }

    private String listOnHosts() throws IOException, GeneralSecurityException {
        RescueFile.Opened rescue = rescue();
        try (DumpHosts hosts = shelves.apply(rescue.central())) {
            DumpFetch fetching = new DumpFetch(hosts, rescue.catalogue());
            StringBuilder text = new StringBuilder();
            for (DumpFetch.Found found : fetching.find(hosts(rescue))) {
                text.append(found.slip().name())
                        .append("  ")
                        .append(found.slip().octets())
                        .append(found.whole() ? " octets\n" : " octets, of which some are on no host that answers\n");
            }
            if (text.length() == 0) {
                text.append("There are no dumps on the hosts that answer.\n");
            }
            fetching.away().forEach(away -> text.append(away).append('\n'));
            return text.toString().strip();
        }
    }

    private String fetch() throws IOException, GeneralSecurityException {
        RescueFile.Opened rescue = rescue();
        try (DumpHosts hosts = shelves.apply(rescue.central())) {
            DumpFetch fetching = new DumpFetch(hosts, rescue.catalogue());
            DumpSlip slip = fetching.find(hosts(rescue)).stream()
                    .filter(found -> options.file() == null
                            ? found.whole()
                            : options.file().toString().equals(found.slip().name()))
                    .map(DumpFetch.Found::slip)
                    .findFirst()
                    .orElseThrow(() -> new IOException(
                            "there is no such dump on the hosts that answer; " + String.join("; ", fetching.away())));
            HomeCopy folder = new HomeCopy(options.to());
            Files.createDirectories(options.to());
            Path file = options.to().resolve(slip.name());
            fetching.fetch(slip, file);
            String there = file + " is there, " + slip.octets() + " octets";
            if (rescue.escrowKey() == null) {
                return there + ". Go on with: dump restore, and the same shares.";
            }
            folder.put("escrow.key", rescue.escrowKey());
            return there + ", and " + options.to().resolve("escrow.key") + " beside it. Go on with: dump restore.";
        }
    }

    private RescueFile.Opened rescue() throws IOException, GeneralSecurityException {
        return RescueFile.open(options.rescue(), options.escrow());
    }

    /** Those of the rescue file, at the addresses that were given instead. */
    private List<Host> hosts(RescueFile.Opened rescue) {
        Map<Long, Host> hosts = new TreeMap<>();
        rescue.hosts().forEach(host -> hosts.put(host.id(), host));
        options.hosts().forEach(host -> hosts.put(host.id(), host));
        return List.copyOf(hosts.values());
    }

    private String verify() throws IOException, GeneralSecurityException {
        Counting counting = new Counting();
        read(counting);
        return "The dump of " + counting.made() + " is whole: " + counting.tables() + " tables, " + counting.rows()
                + " rows, " + counting.files() + " files.";
    }

    private String restore() throws IOException, GeneralSecurityException, SQLException {
        read(new Counting());
        Properties login = new Properties();
        login.setProperty("user", options.user());
        login.setProperty("password", options.password());
        DataSource database = new PlainDataSource(options.url(), login);
        Schema.migrate(database);
        try (Connection connection = DriverManager.getConnection(options.url(), login)) {
            connection.setAutoCommit(false);
            try (Rebuilding rebuilding = new Rebuilding(connection, new HomeCopy(options.home()), clock.instant())) {
                rebuilding.clear();
                read(rebuilding);
                rebuilding.end();
                connection.commit();
                settle(connection);
                return "Central is again as it was at " + rebuilding.made() + ": " + rebuilding.rows()
                        + " rows. Nothing is deleted anywhere for " + Rebuilding.PRUNE_LOCKED.toDays() + " days.";
            } catch (IOException | SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    /** What H2 committed is on its way to the disk, not there. */
    private static void settle(Connection connection) throws SQLException {
        if (new Tables(connection).h2()) {
            connection.setAutoCommit(true);
            try (var statement = connection.createStatement()) {
                statement.execute("checkpoint sync");
            }
        }
    }

    private void read(DumpReader.Visitor visitor) throws IOException, GeneralSecurityException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(options.file()))) {
            DumpFormat head = DumpFormat.read(in);
            Secret key = key(head);
            try {
                new DumpReader(new OpeningStream(in, key, head.octets())).read(visitor);
            } finally {
                key.destroy();
            }
        }
    }

    private Secret key(DumpFormat head) throws IOException, GeneralSecurityException {
        Secret escrow = options.escrow().open(options.escrow().sealed(null));
        try {
            return Escrow.openDumpKey(head.sealedKey(), escrow, head.central());
        } catch (KeysUnreadableException e) {
            throw new GeneralSecurityException(
                    options.escrow().split()
                            ? "the dump was made by another realm, or the shares are wrong or of another split"
                            : "the dump was made by another realm, or for another escrow key",
                    e);
        } finally {
            escrow.destroy();
        }
    }
}
