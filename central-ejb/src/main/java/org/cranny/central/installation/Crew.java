package org.cranny.central.installation;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Works on {@value #AT_ONCE} machines at once, however many installations there are, in the order in which they came. */
@ApplicationScoped
class Crew {
    static final int AT_ONCE = 8;

    private static final Logger LOGGER = Logger.getLogger(Crew.class.getName());

    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger workers = new AtomicInteger();
    private final Executor executor;

    @Resource
    private ManagedExecutorService container;

    protected Crew() {
        this(null);
    }

    /** @param executor null for the server's */
    Crew(Executor executor) {
        this.executor = executor;
    }

    void add(Runnable work) {
        queue.add(work);
        hire();
    }

    private void hire() {
        if (workers.incrementAndGet() > AT_ONCE) {
            workers.decrementAndGet();
            return;
        }
        try {
            (executor == null ? container : executor).execute(this::work);
        } catch (RejectedExecutionException e) {
            workers.decrementAndGet();
            LOGGER.log(Level.WARNING, "the server has no thread for an installation", e);
        }
    }

    private void work() {
        try {
            for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
                next.run();
            }
        } finally {
            workers.decrementAndGet();
        }
        // What came while this one was leaving.
        if (!queue.isEmpty()) {
            hire();
        }
    }
}
