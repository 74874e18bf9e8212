package org.cranny.central.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.cranny.protocol.problem.ProblemException;
import org.junit.jupiter.api.Test;

class DatabaseTest {
    private final List<String> happened = new ArrayList<>();
    private final Recorded transactions = new Recorded();
    private boolean diskFails;
    private boolean room = true;

    private final Database database = new Database(transactions, new Disk() {
        @Override
        public void sync() {
            happened.add("sync");
        }

        @Override
        public boolean hasRoom() {
            return room;
        }
    });

    @Test
    void commitsThenSyncsThenTellsThenAnswers() {
        String answer = database.durably(entities -> {
            database.afterwards(() -> happened.add("news"));
            happened.add("work");
            return "answer";
        });
        assertEquals("answer", answer);
        assertEquals(List.of("begin", "work", "flush", "commit", "sync", "news"), happened);
    }

    @Test
    void workInsideWorkJoinsIt() {
        database.durably(entities -> database.durably(inner -> happened.add("inner")));
        assertEquals(List.of("begin", "inner", "flush", "commit", "sync"), happened);
    }

    @Test
    void failedWorkIsRolledBackAndTellsNothing() {
        assertThrows(
                IllegalStateException.class,
                () -> database.durably(entities -> {
                    database.afterwards(() -> happened.add("news"));
                    throw new IllegalStateException("no");
                }));
        assertEquals(List.of("begin", "rollback"), happened);
    }

    @Test
    void newsFromATransactionOfSomebodyElseWaitsForItsCommitAndTheDisk() {
        transactions.begin();
        database.durably(entities -> {
            database.afterwards(() -> happened.add("news"));
            return happened.add("work");
        });
        assertEquals(List.of("begin", "work"), happened);
        transactions.commit();
        assertEquals(List.of("begin", "work", "commit", "sync", "news"), happened);
    }

    @Test
    void newsFromATransactionThatSomebodyElseRollsBackIsNeverTold() {
        transactions.begin();
        database.durably(entities -> {
            database.afterwards(() -> happened.add("news"));
            return happened.add("work");
        });
        transactions.rollback();
        assertEquals(List.of("begin", "work", "rollback"), happened);
    }

    @Test
    void workThatLostIsRunAgainThreeTimesAtMost() {
        List<Integer> tries = new ArrayList<>();
        String answer = database.durably(entities -> {
            tries.add(1);
            if (tries.size() < 3) {
                throw new PersistenceException(new SQLException("deadlock", "40001"));
            }
            return "answer";
        });
        assertEquals("answer", answer);
        assertThrows(
                PersistenceException.class,
                () -> database.durably(entities -> {
                    tries.add(1);
                    throw new PersistenceException(new SQLException("deadlock", "40001"));
                }));
        assertEquals(6, tries.size());
    }

    @Test
    void wrongWorkIsNotRunAgain() {
        List<Integer> tries = new ArrayList<>();
        assertThrows(
                PersistenceException.class,
                () -> database.durably(entities -> {
                    tries.add(1);
                    throw new PersistenceException(new SQLException("syntax", "42000"));
                }));
        assertEquals(1, tries.size());
    }

    @Test
    void whereThereIsNoRoomNothingBeginsButReading() {
        room = false;
        ProblemException refused = assertThrows(ProblemException.class, () -> database.durably(entities -> "done"));
        assertEquals("CENTRAL_FULL", refused.problem().kind());
        assertThrows(ProblemException.class, () -> database.lightly(entities -> "done"));
        assertEquals(List.of(), happened);
        assertEquals("read", database.read(entities -> "read"));
        room = true;
        assertEquals("done", database.durably(entities -> "done"));
    }

    @Test
    void afterAFailedSyncNothingIsAcknowledgedAnyMore() {
        Disk disk = new Disk(dataSource());
        diskFails = true;
        assertThrows(ProblemException.class, disk::sync);
        diskFails = false;
        assertEquals(
                "READ_ONLY",
                assertThrows(ProblemException.class, disk::sync).problem().kind());
    }

    @Test
    void answersNoMoreAfterAFailedSync() {
        Disk disk = new Disk(dataSource());
        Database asked = new Database(transactions, disk);
        diskFails = true;
        assertThrows(ProblemException.class, disk::sync);
        assertFalse(asked.answers());
    }

    @Test
    void doesNotAnswerBeforeTransactionsWork() {
        Transactions notYet = (Transactions) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Transactions.class}, (self, method, given) -> {
                    throw new IllegalStateException("not started");
                });
        assertFalse(new Database(notYet, new Disk(dataSource())).answers());
    }

    private DataSource dataSource() {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, given) -> {
                    if (diskFails) {
                        throw new SQLException("no disk");
                    }
                    throw new AssertionError("asked again");
                });
    }

    private final class Recorded implements Transactions {
        private final List<Runnable> listeners = new ArrayList<>();
        private boolean active;

        @Override
        public boolean active() {
            return active;
        }

        @Override
        public void begin() {
            happened.add("begin");
            active = true;
        }

        @Override
        public void commit() {
            happened.add("commit");
            active = false;
            listeners.forEach(Runnable::run);
        }

        @Override
        public void afterCommit(Runnable told) {
            listeners.add(told);
        }

        @Override
        public void rollback() {
            if (active) {
                happened.add("rollback");
                active = false;
            }
        }

        @Override
        public EntityManager entities() {
            return (EntityManager) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {EntityManager.class}, (self, method, given) -> {
                        happened.add(method.getName());
                        return null;
                    });
        }
    }
}
