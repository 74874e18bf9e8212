package org.cranny.client.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cranny.client.report.Screen;

/**
 * Ctrl-C and its like: the working thread is interrupted, gets a second to let go of what it holds, and the process ends
 * with one line. Nothing that was stored is lost, because everything stored is on disk before it counts.
 */
final class Interruption {
    private static final long PATIENCE_MILLIS = 1000;

    private final Screen screen;
    private final Thread worker = Thread.currentThread();
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean requested;
    private volatile boolean over;

    /** Not watching: for commands that somebody else stops. */
    Interruption(Screen screen) {
        this.screen = screen;
    }

    /** Watches over the calling thread from now on. */
    static Interruption watch(Screen screen) {
        Interruption interruption = new Interruption(screen);
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::stop, "interruption"));
        return interruption;
    }

    boolean requested() {
        return requested;
    }

    /** The work is over, well or not. */
    void finished() {
        if (!requested) {
            over = true;
        }
        finished.countDown();
    }

    private void stop() {
        if (over) {
            return;
        }
        requested = true;
        worker.interrupt();
        waitForWorker();
        screen.errorLine((screen.terminal() ? "\r\u001b[K" : "")
                + "cranny: stopped. What is stored already stays; run the same command again to go on.");
    }

    private void waitForWorker() {
        try {
            finished.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
