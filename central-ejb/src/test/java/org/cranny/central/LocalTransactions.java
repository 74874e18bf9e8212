package org.cranny.central;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.Map;
import javax.sql.DataSource;
import org.cranny.central.database.Transactions;

/** Transactions without a container: the same entities, the same provider, one connection a transaction. */
final class LocalTransactions implements Transactions, AutoCloseable {
    private final EntityManagerFactory factory;
    private final ThreadLocal<EntityManager> current = new ThreadLocal<>();

    LocalTransactions(DataSource dataSource) {
        factory = Persistence.createEntityManagerFactory(
                "cranny",
                Map.of(
                        "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                        "jakarta.persistence.nonJtaDataSource", dataSource,
                        "jakarta.persistence.jtaDataSource", "",
                        "eclipselink.session-name", "cranny-" + System.identityHashCode(dataSource),
                        "eclipselink.logging.level", "OFF"));
    }

    @Override
    public boolean active() {
        return current.get() != null;
    }

    @Override
    public void begin() {
        current.set(factory.createEntityManager());
        current.get().getTransaction().begin();
    }

    @Override
    public void commit() {
        current.get().getTransaction().commit();
    }

    @Override
    public void rollback() {
        EntityManager entities = current.get();
        if (entities != null) {
            current.remove();
            if (entities.getTransaction().isActive()) {
                entities.getTransaction().rollback();
            }
            entities.close();
        }
    }

    @Override
    public void afterCommit(Runnable told) {
        throw new UnsupportedOperationException("nobody else begins transactions here");
    }

    @Override
    public EntityManager entities() {
        return current.get();
    }

    @Override
    public void close() {
        factory.close();
    }
}
