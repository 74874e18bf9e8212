package org.cranny.central.database;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.File;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Makes sure that committed transactions survive a power cut. PostgreSQL does that by itself; H2 writes, but leaves
 * the fsync to a moment of its own choice, so it is told {@code CHECKPOINT SYNC} before anybody gets an answer.
 * Callers that wait at the same time share one fsync. After a failed one nothing is acknowledged any more until
 * central is started again: what the disk holds is not known.
 */
@ApplicationScoped
public class Disk {
    private static final String CHECKPOINT = "CHECKPOINT SYNC";
    private static final String EMBEDDED = "jdbc:h2:file:";

    /** More than H2 writes at once, what it moves in its file included. */
    private static final long ROOM = 64L << 20;

    @Resource(lookup = "jdbc/cranny")
    private DataSource dataSource;

    private final AtomicLong asked = new AtomicLong();
    private long done;
    private boolean broken;
    private volatile Place place;

    /** @param folder of an embedded database's file, null of one in memory and of every other */
    private record Place(boolean embedded, File folder) {}

    protected Disk() {}

    public Disk(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Returns when everything that was committed before the call is on disk. */
    public void sync() {
        long mine = asked.incrementAndGet();
        synchronized (this) {
            if (broken) {
                throw refusal();
            }
            if (done < mine) {
                long upTo = asked.get();
                checkpoint();
                done = upTo;
            }
        }
    }

    /**
     * Refuses what would be written when the embedded database's disk is nearly full. H2 that finds no room closes itself,
     * and only another start of central opens it again; before that, whoever makes room is enough. PostgreSQL refuses by
     * itself and goes on.
     *
     * @throws ProblemException CENTRAL_FULL
     */
    public void makeSureOfRoom() {
        if (!hasRoom()) {
            throw new ProblemException(ProblemKind.CENTRAL_FULL, "central's own disk is full, so it changes nothing");
        }
    }

    /** Whether the disk of an embedded database has room for what may be written. Waits for no fsync. */
    public boolean hasRoom() {
        Place known = place;
        if (known == null) {
            try (Connection connection = dataSource.getConnection()) {
                known = look(connection);
            } catch (SQLException away) {
                return true;
            }
        }
        return known.folder() == null || known.folder().getUsableSpace() >= ROOM;
    }

    private Place look(Connection connection) throws SQLException {
        if (place == null) {
            String url = connection.getMetaData().getURL();
            place = new Place(
                    connection.getMetaData().getDatabaseProductName().equals("H2"),
                    url.startsWith(EMBEDDED)
                            ? new File(url.substring(EMBEDDED.length()).replaceFirst(";.*", "")).getParentFile()
                            : null);
        }
        return place;
    }

    /** Whether no fsync failed since the start. */
    public synchronized boolean isSound() {
        return !broken;
    }

    /** How large the database is. */
    public long octets() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        connection.getMetaData().getDatabaseProductName().equals("H2")
                                ? "select cast(setting_value as bigint) from information_schema.settings"
                                        + " where setting_name = 'info.FILE_SIZE'"
                                : "select pg_database_size(current_database())")) {
            return row.next() ? row.getLong(1) : 0;
        } catch (SQLException e) {
            throw new IllegalStateException("the size of the database is not known", e);
        }
    }

    /** PostgreSQL is not asked: when it is away for a moment, what it committed before is on the disk nevertheless. */
    private void checkpoint() {
        Place known = place;
        if (known != null && !known.embedded()) {
            return;
        }
        try (Connection connection = dataSource.getConnection()) {
            if (look(connection).embedded()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(CHECKPOINT);
                }
            }
        } catch (SQLException e) {
            broken = true;
            throw (ProblemException) refusal().initCause(e);
        }
    }

    private static ProblemException refusal() {
        return new ProblemException(
                ProblemKind.READ_ONLY, "central's disk failed to take what was written; start central again");
    }
}
