package org.cranny.client.agent;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.cranny.client.central.Events;
import org.cranny.client.machine.Machine;
import org.cranny.protocol.masterfile.MasterFile;
import org.cranny.protocol.problem.ProblemException;

/**
 * Keeps the one stream from central open and the local master file fresh. A stream that ends or falls silent is begun
 * again after a pause that grows with every failure; while there is none, central is asked after each pause. As often it
 * is seen to that the machine's certificate is renewed in time.
 */
final class Ear implements Runnable {
    private static final Duration SILENCE = Duration.ofSeconds(45);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMinutes(5);

    /** What is done about news. */
    interface News {
        /** Central has a job, or somebody looks at one. */
        void job(long job);

        void cancel(long job);

        /** Somebody waits to see what is in a snapshot. */
        void question(long question);

        /** What applies to this machine changed. */
        void policy();

        /** Central has a version for this program. */
        void upgrade();

        /** Something else changed: ask for work again. */
        void other();
    }

    private final Machine machine;
    private final News news;
    private final Pauses pauses;
    private final Log log;
    private final Semaphore heard = new Semaphore(0);
    private volatile long announced;
    private long known;
    private String lastTrouble = "";
    private String lastRefusal = "";

    Ear(Machine machine, News news, RandomGenerator random, Log log) {
        this.machine = machine;
        this.news = news;
        this.pauses = new Pauses(random);
        this.log = log;
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                listenOnce();
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                catchUp();
                TimeUnit.MILLISECONDS.sleep(pauses.next().toMillis());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until the stream ends, falls silent, or cannot be had. */
    private void listenOnce() throws InterruptedException {
        renew();
        try (Events events = machine.central().listen(new Hearing())) {
            log.line("connected");
            lastTrouble = "";
            pauses.reset();
            catchUp();
            long nextPoll = System.nanoTime() + POLL.toNanos();
            while (!events.over() && events.silence().compareTo(SILENCE) < 0) {
                heard.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                heard.drainPermits();
                boolean poll = System.nanoTime() - nextPoll > 0;
                if (poll) {
                    nextPoll = System.nanoTime() + POLL.toNanos();
                    renew();
                    catchUp();
                } else if (announced > known) {
                    refresh();
                }
            }
            log.line("disconnected");
        } catch (IOException | RuntimeException refused) {
            trouble(refused);
        }
    }

    /** The present certificate does as long as it is good, so that a refusal stops nothing. */
    private void renew() {
        try {
            machine.renewInTime().ifPresent(until -> log.line("certificate-renewed", "until", until));
            lastRefusal = "";
        } catch (IOException | RuntimeException refused) {
            String reason = String.valueOf(refused.getMessage());
            if (!reason.equals(lastRefusal)) {
                log.line("certificate-not-renewed", "reason", reason);
                lastRefusal = reason;
            }
        }
    }

    /** Asks for all that may have been missed. */
    private void catchUp() {
        refresh();
        news.other();
    }

    private void refresh() {
        try {
            MasterFile newest = machine.refreshMasterFile();
            if (newest.version() > known) {
                known = newest.version();
                log.line(
                        "master-file",
                        "version",
                        newest.version(),
                        "hosts",
                        newest.lines().size());
            }
        } catch (IOException | RuntimeException away) {
            trouble(away);
        }
    }

    /** The same trouble again is no news. Whatever it is, the next try comes. */
    private void trouble(Exception failure) {
        boolean unforeseen = failure instanceof RuntimeException && !(failure instanceof ProblemException);
        String reason = unforeseen ? failure.toString() : String.valueOf(failure.getMessage());
        if (!reason.equals(lastTrouble)) {
            log.line("away", "reason", reason);
            lastTrouble = reason;
        }
    }

    /** Called by the connection's thread: only notes what was said. */
    private final class Hearing implements Events.Heard {
        @Override
        public void event(String name, long number) {
            switch (name) {
                case "master-file" -> {
                    announced = Math.max(announced, number);
                    heard.release();
                }
                case "job" -> news.job(number);
                case "cancel" -> news.cancel(number);
                case "question" -> news.question(number);
                case "policy" -> news.policy();
                case "upgrade" -> news.upgrade();
                default -> news.other();
            }
        }

        @Override
        public void ended() {
            heard.release();
        }
    }
}
