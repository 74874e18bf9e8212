package org.cranny.central.database;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
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

    @Resource(lookup = "jdbc/cranny")
    private DataSource dataSource;

    private final AtomicLong asked = new AtomicLong();
    private long done;
    private boolean broken;
    private Boolean embedded;

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

    /** Whether no fsync failed since the start. */
    public synchronized boolean isSound() {
        return !broken;
    }

    private void checkpoint() {
        try (Connection connection = dataSource.getConnection()) {
            if (embedded == null) {
                embedded = connection.getMetaData().getDatabaseProductName().equals("H2");
            }
            if (embedded) {
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
