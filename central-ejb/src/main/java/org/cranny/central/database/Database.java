package org.cranny.central.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs short transactions; what changed is on disk when the caller hears of it.
 *
 * <ul>
 *   <li>Work that is called inside another work joins it: both happen or neither does.
 *   <li>The outermost {@link #durably} commits, then makes the disk take it ({@link Disk}), then tells the news, then
 *       returns. So work must not have effects of its own outside the database.
 *   <li>The outermost {@link #lightly} does not wait for the disk, unless work inside it was to be durable.
 *   <li>Work that lost against another transaction is run again, at most three times; it must bear that.
 *   <li>Joined to a transaction that somebody else began, the promise is that one's to keep; news waits for its commit.
 * </ul>
 */
@ApplicationScoped
public class Database {
    private static final Logger LOGGER = Logger.getLogger(Database.class.getName());
    private static final int TRIES = 3;

    private final Transactions transactions;
    private final Disk disk;
    private final ThreadLocal<List<Runnable>> news = new ThreadLocal<>();
    private final ThreadLocal<Boolean> toLast = new ThreadLocal<>();
    private volatile boolean open;

    protected Database() {
        this(null, null);
    }

    @Inject
    public Database(Transactions transactions, Disk disk) {
        this.transactions = transactions;
        this.disk = disk;
    }

    /** Runs work that changes something. @throws ProblemException CENTRAL_FULL when its own disk has no room for that */
    public <T> T durably(Function<EntityManager, T> work) {
        return inTransaction(work, true, true);
    }

    /** Runs work whose loss nobody notices, because it is told again before long: a power cut may undo it. */
    public <T> T lightly(Function<EntityManager, T> work) {
        return inTransaction(work, true, false);
    }

    /** Runs work that only reads. */
    public <T> T read(Function<EntityManager, T> work) {
        return inTransaction(work, false, false);
    }

    /** Runs this once the running work is on disk, never when it fails; at once outside any. */
    public void afterwards(Runnable told) {
        if (news.get() != null) {
            news.get().add(told);
        } else if (transactions.active()) {
            transactions.afterCommit(() -> {
                disk.sync();
                told.run();
            });
        } else {
            told.run();
        }
    }

    /** Says that the schema is there and work may begin. @throws IllegalStateException when it cannot */
    void open() {
        if (!works()) {
            throw new IllegalStateException("the database does not answer");
        }
        open = true;
    }

    /** Whether work can be done now, through all that stands between it and the disk. Asks nothing before the start is over. Never fails. */
    public boolean answers() {
        return open && works();
    }

    /** Whether the disk took everything that it was given since the start. If not, only another start helps. */
    public boolean isSound() {
        return disk.isSound();
    }

    /** Whether there is room for what may change. */
    public boolean hasRoom() {
        return disk.hasRoom();
    }

    /** How large the database is. */
    public long octets() {
        return disk.octets();
    }

    private boolean works() {
        try {
            return disk.isSound()
                    && read(entities -> entities.createNativeQuery("select 1").getSingleResult()) != null;
        } catch (RuntimeException notNow) {
            LOGGER.log(Level.WARNING, "the database does not answer", notNow);
            return false;
        }
    }

    private <T> T inTransaction(Function<EntityManager, T> work, boolean writes, boolean sync) {
        if (transactions.active()) {
            if (sync) {
                toLast.set(true);
            }
            return work.apply(transactions.entities());
        }
        if (writes) {
            disk.makeSureOfRoom();
        }
        for (int left = TRIES - 1; ; left--) {
            try {
                return once(work, sync);
            } catch (PersistenceException e) {
                if (left == 0 || !Conflict.worthAnotherTry(e)) {
                    throw e;
                }
            }
        }
    }

    private <T> T once(Function<EntityManager, T> work, boolean sync) {
        List<Runnable> told = new ArrayList<>();
        toLast.set(sync);
        T result = committed(work, told);
        if (toLast.get()) {
            disk.sync();
        }
        told.forEach(Runnable::run);
        return result;
    }

    private <T> T committed(Function<EntityManager, T> work, List<Runnable> told) {
        news.set(told);
        transactions.begin();
        try {
            T result = work.apply(transactions.entities());
            transactions.entities().flush();
            transactions.commit();
            return result;
        } finally {
            news.remove();
            transactions.rollback();
        }
    }
}
