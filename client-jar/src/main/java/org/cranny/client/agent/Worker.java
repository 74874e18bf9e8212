package org.cranny.client.agent;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.cranny.engine.backup.CatalogueAwayException;
import org.cranny.protocol.problem.ProblemException;

/** Does one piece of work after the other, the first source's first, and waits when there is none. */
final class Worker {
    private final List<WorkSource> sources;
    private final Log log;
    private final Runnable atRest;
    private final Semaphore wakes = new Semaphore(0);

    /** @param atRest what to do whenever work is done and none is left */
    Worker(List<WorkSource> sources, Log log, Runnable atRest) {
        this.sources = List.copyOf(sources);
        this.log = log;
        this.atRest = atRest;
    }

    /** There may be work. For any thread. */
    void wake() {
        wakes.release();
    }

    /** Until the thread is interrupted. */
    void workOn(Duration askAgain) throws InterruptedException {
        while (true) {
            if (workOff() > 0) {
                atRest.run();
            }
            wakes.tryAcquire(askAgain.toMillis(), TimeUnit.MILLISECONDS);
            wakes.drainPermits();
        }
    }

    /** Until nobody has any work. @return how many pieces were done */
    int workOff() throws InterruptedException {
        int done = 0;
        for (Optional<Work> next = next(); next.isPresent(); next = next()) {
            run(next.get());
            done++;
        }
        return done;
    }

    private Optional<Work> next() throws InterruptedException {
        for (WorkSource source : sources) {
            try {
                Optional<Work> found = source.next();
                if (found.isPresent()) {
                    return found;
                }
            } catch (CatalogueAwayException away) {
                log.line("away", "reason", away.getMessage());
            } catch (IOException | ProblemException trouble) {
                log.line("trouble", "reason", trouble.getMessage());
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("the agent is being stopped");
            }
        }
        return Optional.empty();
    }

    private void run(Work work) throws InterruptedException {
        try {
            work.run();
        } catch (IOException | ProblemException failed) {
            log.line("failed", "work", work.name(), "reason", failed.getMessage());
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("the agent is being stopped");
        }
    }
}
