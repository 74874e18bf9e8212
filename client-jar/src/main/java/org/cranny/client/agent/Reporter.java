package org.cranny.client.agent;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.cranny.client.central.Central;
import org.cranny.protocol.job.JobOffer;
import org.cranny.protocol.job.ProgressAnswer;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Reports a job's progress while it is worked at, as often as central wants, and stops the work when central says so.
 * Central's silence stops nothing. After {@link #close} the working thread is not interrupted by this any more.
 */
final class Reporter implements AutoCloseable {
    private static final int AWAY_SECONDS = 10;
    private static final int LONGEST_SECONDS = 15;

    /** Why the work was stopped. */
    enum Stop {
        /** Nobody stopped it. */
        NONE,
        /** Somebody does not want it any more. */
        CANCELLED,
        /** It is no more this agent's. */
        PASSED
    }

    private final Central central;
    private final JobOffer offer;
    private final Tally tally;
    private final Thread worker = Thread.currentThread();
    private final Thread thread;
    private final Semaphore hurry = new Semaphore(0);
    private Stop stop = Stop.NONE;
    private boolean closed;

    /** Begins to report; the calling thread is the one that works. */
    Reporter(Central central, JobOffer offer, Tally tally) {
        this.central = central;
        this.offer = offer;
        this.tally = tally;
        this.thread = new Thread(this::report, "reporter");
        thread.setDaemon(true);
        thread.start();
    }

    /** Reports at once: somebody looks. */
    void hurry() {
        hurry.release();
    }

    void cancel() {
        stop(Stop.CANCELLED);
    }

    synchronized Stop stopped() {
        return stop;
    }

    private void report() {
        try {
            int seconds = 1;
            while (!isClosed()) {
                hurry.tryAcquire(seconds, TimeUnit.SECONDS);
                hurry.drainPermits();
                seconds = isClosed() ? 0 : Math.min(LONGEST_SECONDS, Math.max(1, once()));
            }
        } catch (InterruptedException closedMeanwhile) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return seconds until the next report */
    private int once() {
        try {
            ProgressAnswer answer = central.report(offer.job(), tally.report(offer.claim()));
            if (answer.cancel()) {
                stop(Stop.CANCELLED);
            }
            return answer.everySeconds();
        } catch (ProblemException refused) {
            boolean gone = ProblemKind.CLAIM_PASSED
                            .name()
                            .equals(refused.problem().kind())
                    || ProblemKind.NOT_FOUND.name().equals(refused.problem().kind());
            if (gone) {
                stop(Stop.PASSED);
            }
            return AWAY_SECONDS;
        } catch (IOException away) {
            return AWAY_SECONDS;
        }
    }

    private synchronized void stop(Stop why) {
        if (!closed && stop == Stop.NONE) {
            stop = why;
            worker.interrupt();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (stop != Stop.NONE) {
                // What interrupted the work must not interrupt what comes after it.
                Thread.interrupted();
            }
        }
        thread.interrupt();
    }
}
