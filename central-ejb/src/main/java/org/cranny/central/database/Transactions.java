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

    /** The entities of the active transaction. */
    EntityManager entities();
}
