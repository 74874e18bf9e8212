package org.cranny.central.dump;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.cranny.central.alert.AlertKind;
import org.cranny.central.alert.Alerts;
import org.cranny.central.authority.Authority;
import org.cranny.central.authority.HomeCopy;
import org.cranny.central.log.AuditLog;
import org.cranny.central.settings.Settings;
import org.cranny.engine.keys.Escrow;
import org.cranny.engine.sealing.SealingStream;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Dumps of central's own state in {@code dumps/} of its home: database, keys, settings, as one moment saw them, sealed
 * to the escrow key, so that central itself cannot open them. A dump has its name only when all of it is on disk.
 */
@ApplicationScoped
public class Dumps {
    private static final Logger LOGGER = Logger.getLogger(Dumps.class.getName());
    private static final Pattern NAME = Pattern.compile("central-([0-9]{8}T[0-9]{6}Z)\\.dump");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Authority authority;
    private final AuditLog log;
    private final Alerts alerts;
    private final Settings settings;
    private final Clock clock;
    private final SecureRandom random;
    private final Consumer<DumpMade> listeners;

    @Resource(lookup = "jdbc/cranny")
    private DataSource dataSource;

    protected Dumps() {
        this(null, null, null, null, null, null, made -> {});
    }

    @Inject
    public Dumps(
            Authority authority,
            AuditLog log,
            Alerts alerts,
            Settings settings,
            Clock clock,
            SecureRandom random,
            Event<DumpMade> event) {
        this(authority, log, alerts, settings, clock, random, event::fire);
    }

    private Dumps(
            Authority authority,
            AuditLog log,
            Alerts alerts,
            Settings settings,
            Clock clock,
            SecureRandom random,
            Consumer<DumpMade> listeners) {
        this.authority = authority;
        this.log = log;
        this.alerts = alerts;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.listeners = listeners;
    }

    public Dumps(
            Authority authority,
            AuditLog log,
            Alerts alerts,
            Settings settings,
            Clock clock,
            SecureRandom random,
            Consumer<DumpMade> listeners,
            DataSource dataSource) {
        this(authority, log, alerts, settings, clock, random, listeners);
        this.dataSource = dataSource;
    }

    /** The dumps that are there, newest first. */
    public List<Dump> list() {
        if (!Files.isDirectory(folder())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(Dumps::about)
                    .sorted(Comparator.comparing(Dump::made).reversed())
                    .toList();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Makes tonight's dump when its hour has come and it is not there. What fails is an alert, and is tried again. */
    public void nightly() {
        Instant now = clock.instant();
        Instant hour = now.truncatedTo(ChronoUnit.DAYS).plus(settings.dumpHour(), ChronoUnit.HOURS);
        Instant due = hour.isAfter(now) ? hour.minus(1, ChronoUnit.DAYS) : hour;
        if (list().stream().map(Dump::made).noneMatch(made -> !made.isBefore(due) && !made.isAfter(now))) {
            try {
                make(Alerts.CENTRAL);
            } catch (ProblemException e) {
                LOGGER.log(Level.WARNING, "central was not dumped", e);
            }
        }
    }

    /**
     * Dumps now; the oldest ones beyond what is to be kept go, and {@link DumpMade} is told.
     *
     * @param actor who asked
     * @throws ProblemException INTERNAL when it failed; an alert says so too
     */
    public synchronized Dump make(String actor) {
        try {
            Dump made = write(clock.instant().truncatedTo(ChronoUnit.SECONDS));
            log.append(actor, "dump", made.name(), made.octets() + " octets");
            alerts.resolve(AlertKind.DUMP_FAILED, Alerts.CENTRAL);
            dropOld(made.made());
            listeners.accept(new DumpMade(made, folder().resolve(made.name())));
            return made;
        } catch (IOException | SQLException | IllegalStateException e) {
            alerts.raise(AlertKind.DUMP_FAILED, Alerts.CENTRAL, Alerts.CENTRAL, String.valueOf(e.getMessage()));
            throw failed(e);
        }
    }

    private Dump write(Instant now) throws IOException, SQLException {
        Files.createDirectories(
                folder(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path file = folder().resolve(name(now));
        Path part = folder().resolve("next.part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        seal(part, now);
        sync(part, StandardOpenOption.WRITE);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        sync(folder(), StandardOpenOption.READ);
        return about(file);
    }

    private void seal(Path part, Instant now) throws IOException, SQLException {
        Escrow.DumpKey key = Escrow.drawDumpKey(authority.central(), authority.escrowPublicKey(), random);
        byte[] head = DumpFormat.of(authority.central(), key.sealed()).octets();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
            out.write(head);
            try (DumpWriter writer = new DumpWriter(new SealingStream(out, key.key(), head));
                    Connection connection = dataSource.getConnection()) {
                writer.head(authority.realm().hex(), now);
                writer.files(new HomeCopy(settings.home()));
                connection.setAutoCommit(false);
                try {
                    writer.database(connection);
                } finally {
                    connection.rollback();
                    usual(connection);
                    connection.setAutoCommit(true);
                }
                writer.end();
            }
        } finally {
            key.key().destroy();
        }
    }

    /** The connection goes back to others. */
    private static void usual(Connection connection) throws SQLException {
        if (new Tables(connection).h2()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set session characteristics as transaction isolation level read committed");
            }
        }
    }

    /** What is dated after the newest one was made by a clock that was ahead, and goes first. */
    private void dropOld(Instant newest) throws IOException {
        List<Dump> there = list().stream()
                .sorted(Comparator.comparing(dump -> dump.made().isAfter(newest)))
                .toList();
        for (Dump old : there.subList(Math.min(settings.dumpsKept(), there.size()), there.size())) {
            Files.deleteIfExists(folder().resolve(old.name()));
        }
    }

    private Path folder() {
        return settings.home().resolve("dumps");
    }

    /** How the file of a dump that was made then is called. */
    static String name(Instant made) {
        return "central-" + TIME.format(made) + ".dump";
    }

    static Dump about(Path file) {
        String name = file.getFileName().toString();
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(name);
        }
        try {
            return new Dump(name, TIME.parse(matcher.group(1), Instant::from), Files.size(file));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Makes sure that a file or a folder is on disk. */
    static void sync(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    private static ProblemException failed(Exception cause) {
        ProblemException failure = new ProblemException(ProblemKind.INTERNAL, "central's state could not be dumped");
        failure.initCause(cause);
        return failure;
    }
}
