package org.cranny.central.database;

import jakarta.persistence.EntityManager;

/** Begins and ends transactions of this thread: the container's in a server, plain ones in a small JVM. */
public interface Transactions {
    /** Whether this thread is inside a transaction. */
    boolean active();

    void begin();

    /** Ends the transaction; when this throws, nothing of it has happened. */
    void commit();

    /** Ends the transaction without effect; harmless when none is active. */
    void rollback();

    /** Runs this, on any thread, once the active transaction has committed; never when it does not. */
    void afterCommit(Runnable told);

    /** The entities of the active transaction. */
    EntityManager entities();
}
