package org.cranny.central.database;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;

/** Transactions of the application server. */
@ApplicationScoped
class ContainerTransactions implements Transactions {
    @Resource
    private UserTransaction transaction;

    @PersistenceContext(unitName = "cranny")
    private EntityManager entities;

    @Override
    public boolean active() {
        try {
            return transaction.getStatus() != Status.STATUS_NO_TRANSACTION;
        } catch (SystemException e) {
            throw new PersistenceException("the transaction's state is not known", e);
        }
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

    @Override
    public EntityManager entities() {
        return entities;
    }
}
