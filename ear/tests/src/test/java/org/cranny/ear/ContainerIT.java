package org.cranny.ear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Work on the database in the server's own transactions: all of it happens, or nothing. The timer of the master file is
 * as good as away here, so that what {@link RestartIT} claims of it is seen to fail without it.
 */
@ExtendWith(ArquillianExtension.class)
class ContainerIT {
    @Deployment
    static EnterpriseArchive central() {
        Server.prepare(Silence.lookedForEvery(Duration.ofHours(10)));
        return CentralArchive.with(ContainerIT.class, Bookkeeper.class, Await.class, Await.Condition.class);
    }

    @Inject
    private Database database;

    @Inject
    private AuditLog log;

    @Inject
    private Bookkeeper bookkeeper;

    @Resource(lookup = "java:comp/UserTransaction")
    private UserTransaction transaction;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService others;

    @Resource(lookup = "jdbc/cranny")
    private DataSource dataSource;

    private final String subject = "subject " + UUID.randomUUID();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    @Test
    void workThatReturnsIsThereForOthersAndNoSooner() throws Exception {
        int during = database.durably(entities -> {
            write(subject);
            return seenByOthers(subject);
        });
        assertEquals(0, during);
        assertEquals(1, seenByOthers(subject));
        assertEquals(List.of(subject), told);
    }

    @Test
    void workThatThrowsLeavesNothingBehind() throws Exception {
        for (RuntimeException failure :
                List.of(new IllegalStateException("no"), new ProblemException(ProblemKind.NOT_FOUND, "no"))) {
            RuntimeException thrown = assertThrows(
                    failure.getClass(),
                    () -> database.durably(entities -> {
                        write(subject);
                        entities.flush();
                        throw failure;
                    }));
            assertEquals(failure, thrown);
            assertEquals(Status.STATUS_NO_TRANSACTION, transaction.getStatus());
            assertEquals(0, seenByOthers(subject));
            assertEquals(List.of(), told);
        }
    }

    @Test
    void workInsideWorkHappensWithItOrNotAtAll() {
        String inner = subject + " inner";
        assertThrows(
                IllegalStateException.class,
                () -> database.durably(entities -> {
                    database.durably(same -> write(inner));
                    throw new IllegalStateException("no");
                }));
        assertEquals(0, seenByOthers(inner));
        assertEquals(List.of(), told);
        database.durably(entities -> {
            database.durably(same -> write(inner));
            return write(subject);
        });
        assertEquals(1, seenByOthers(inner));
        assertEquals(1, seenByOthers(subject));
        assertEquals(List.of(inner, subject), told);
    }

    @Test
    void workThatLostIsRunAgainWithoutWhatItDidBefore() {
        List<String> tries = new ArrayList<>();
        database.durably(entities -> {
            tries.add(subject + " try " + tries.size());
            write(tries.get(tries.size() - 1));
            if (tries.size() == 1) {
                throw new PersistenceException(new SQLException("lost", "40001"));
            }
            return null;
        });
        assertEquals(2, tries.size());
        assertEquals(0, seenByOthers(tries.get(0)));
        assertEquals(1, seenByOthers(tries.get(1)));
        assertEquals(List.of(tries.get(1)), told);
    }

    @Test
    void workInATransactionThatSomebodyElseBeganIsTheirsToCommit() throws Exception {
        transaction.begin();
        database.durably(entities -> write(subject));
        assertEquals(0, seenByOthers(subject));
        transaction.commit();
        assertEquals(1, seenByOthers(subject));
        awaitTold(subject);
    }

    @Test
    void workInATransactionThatSomebodyElseBeganIsTheirsToRollBack() throws Exception {
        String failed = subject + " failed";
        transaction.begin();
        database.durably(entities -> write(failed));
        transaction.rollback();
        assertEquals(0, seenByOthers(failed));
        transaction.begin();
        database.durably(entities -> write(subject));
        transaction.commit();
        awaitTold(subject);
    }

    @Test
    void workJoinsTheTransactionThatTheContainerBeganForABean() {
        String failed = subject + " failed";
        assertThrows(IllegalStateException.class, () -> bookkeeper.writeAndFail(failed, told));
        assertEquals(0, seenByOthers(failed));
        bookkeeper.write(subject, told);
        assertEquals(1, seenByOthers(subject));
        awaitTold(subject);
    }

    @Test
    @RunAsClient
    void silentHostGoesUnnoticedWhileTheTimerIsAway() throws IOException {
        TestMachine host = TestMachine.joined("host");
        assertFalse(Silence.isNoticed(host));
        assertEquals("ACCEPTING", Central.state(host));
    }

    private void awaitTold(String what) {
        Await.until("it is told", Duration.ofSeconds(20), () -> !told.isEmpty());
        assertEquals(List.of(what), told);
    }

    private Void write(String what) {
        log.append("test", "test", what, "");
        database.afterwards(() -> told.add(what));
        return null;
    }

    /** How many entries of the log name this, on a thread and a connection that have no part in the transaction. */
    private int seenByOthers(String what) {
        try {
            return others.submit(() -> rows(what)).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private int rows(String what) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select count(*) from log where subject = ?")) {
            statement.setString(1, what);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        }
    }
}
