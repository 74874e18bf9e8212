package org.cranny.central.database;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;

/** Transactions of the application server. */
@ApplicationScoped
class ContainerTransactions implements Transactions {
    @Resource
    private UserTransaction transaction;

    /** Answers in transactions of the container's too, where a {@link UserTransaction} must not be asked. */
    @Resource
    private TransactionSynchronizationRegistry running;

    @Resource
    private ManagedExecutorService threads;

    @PersistenceContext(unitName = "cranny")
    private EntityManager entities;

    @Override
    public boolean active() {
        return running.getTransactionStatus() != Status.STATUS_NO_TRANSACTION;
    }

    @Override
    public void begin() {
        try {
            transaction.begin();
        } catch (NotSupportedException | SystemException e) {
            throw new PersistenceException("a transaction cannot begin", e);
        }
    }

    @Override
    public void commit() {
        try {
            transaction.commit();
        } catch (RollbackException | HeuristicMixedException | HeuristicRollbackException | SystemException e) {
            throw new PersistenceException("the transaction was not committed", e);
        }
    }

    @Override
    public void rollback() {
        try {
            if (active()) {
                transaction.rollback();
            }
        } catch (SystemException e) {
            throw new PersistenceException("the transaction was not rolled back", e);
        }
    }

    /** On a thread of its own: on this one the transaction is not over before its listeners have returned. */
    @Override
    public void afterCommit(Runnable told) {
        running.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    threads.execute(told);
                }
            }
        });
    }

    @Override
    public EntityManager entities() {
        return entities;
    }
}
