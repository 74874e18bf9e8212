package org.cranny.central.health;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.cranny.central.database.Database;
import org.cranny.central.database.Schema;
import org.cranny.central.health.Health.Check;
import org.cranny.central.masterfile.MasterFiles;
import org.cranny.central.settings.Settings;
import org.cranny.central.timer.Turn;

/**
 * Checks how central is.
 *
 * <ul>
 *   <li>Live: nothing that only another start would mend.
 *   <li>Ready: the database answers, its schema is this central's, the home can be written to, and the master file was
 *       looked after within its time, here or by another server.
 *   <li>Everybody may ask as often as he likes: it is looked once in five seconds at most, by one thread.
 * </ul>
 */
@ApplicationScoped
public class Checks {
    private static final Logger LOGGER = Logger.getLogger(Checks.class.getName());
    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final int INTERVALS = 3;
    private static final Duration GRACE = Duration.ofSeconds(60);

    /** Names that end so are left out of dumps. */
    private static final String TRIAL = "ready.part";

    private final Database database;
    private final MasterFiles masterFiles;
    private final Turn turn;
    private final Settings settings;
    private final Clock clock;
    private Health ready;
    private Instant looked = Instant.MIN;
    private boolean migrated;

    @Resource(lookup = "jdbc/cranny")
    private DataSource dataSource;

    protected Checks() {
        this(null, null, null, null, null);
    }

    @Inject
    public Checks(Database database, MasterFiles masterFiles, Turn turn, Settings settings, Clock clock) {
        this.database = database;
        this.masterFiles = masterFiles;
        this.turn = turn;
        this.settings = settings;
        this.clock = clock;
    }

    public Checks(
            Database database,
            MasterFiles masterFiles,
            Turn turn,
            Settings settings,
            Clock clock,
            DataSource dataSource) {
        this(database, masterFiles, turn, settings, clock);
        this.dataSource = dataSource;
    }

    /** Whether central need not be started again. */
    public Health live() {
        return Health.of(Check.of("disk", database.isSound()));
    }

    /** Whether central can do its work. */
    public synchronized Health ready() {
        Instant now = clock.instant();
        if (ready == null || !now.isBefore(looked.plus(KEPT)) || now.isBefore(looked)) {
            boolean answers = database.answers();
            ready = Health.of(
                    Check.of("database", answers),
                    Check.of("schema", answers && migrated()),
                    Check.of("home", writable() && database.hasRoom()),
                    Check.of("master-file", answers && fresh(now)));
            looked = now;
        }
        return ready;
    }

    private boolean migrated() {
        try {
            migrated = migrated || Schema.isCurrent(dataSource);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "the schema cannot be looked at", e);
        }
        return migrated;
    }

    private boolean writable() {
        try {
            Path trial = settings.home().resolve(TRIAL);
            Files.write(trial, new byte[1]);
            Files.delete(trial);
            return true;
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "central''s home cannot be written to: {0}", e.toString());
            return false;
        }
    }

    private boolean fresh(Instant now) {
        Duration patience =
                settings.masterFileInterval().multipliedBy(INTERVALS).plus(GRACE);
        try {
            return !masterFiles.looked().plus(patience).isBefore(now) || turn.elsewhere(MasterFiles.TURN);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "the master file cannot be looked at", e);
            return false;
        }
    }
}
