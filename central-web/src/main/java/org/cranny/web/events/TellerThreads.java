package org.cranny.web.events;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The server's threads, for those who tell. A bean of its own, because the server finds them only for what it makes
 * during a request to this module, and news may come first from a timer of another one.
 */
@ApplicationScoped
class TellerThreads {
    private static final int IDLE_SECONDS = 30;

    @Resource
    private ManagedThreadFactory threads;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    /** At most so many threads, none while there is nothing to do. */
    ExecutorService pool(int most) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    ScheduledFuture<?> every(Duration time, Runnable work) {
        return scheduler.scheduleAtFixedRate(work, time.toSeconds(), time.toSeconds(), TimeUnit.SECONDS);
    }
}
