package org.cranny.web.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.cranny.central.browse.QuestionAsked;
import org.cranny.central.job.JobNews;
import org.cranny.central.masterfile.MasterFileMade;
import org.cranny.central.masterfile.MasterFiles;
import org.cranny.central.policy.PolicyChanged;
import org.cranny.central.system.Machine;
import org.cranny.central.system.ShutOut;
import org.cranny.central.system.Systems;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ListenersTest {
    private final ExecutorService tellers = Executors.newFixedThreadPool(4);
    private final List<Long> shutOut = new ArrayList<>();
    private volatile long newest = 7;
    private final Listeners listeners = new Listeners(
            new Systems(null, null, null, null) {
                @Override
                public List<Long> revoked() {
                    return shutOut;
                }
            },
            new MasterFiles(null, null, null, null, null, made -> {}) {
                @Override
                public long newest() {
                    return newest;
                }
            },
            tellers);

    /** Remembers what was told. */
    private static class Remembering implements Outlet {
        final List<String> told = new ArrayList<>();
        boolean closed;

        @Override
        public synchronized void event(String name, String data) throws IOException {
            told.add(name + " " + data);
            notifyAll();
        }

        @Override
        public synchronized void keepAlive() throws IOException {
            told.add("alive");
            notifyAll();
        }

        @Override
        public synchronized void close() {
            closed = true;
            notifyAll();
        }

        synchronized void await(String what) throws InterruptedException {
            while (!told.contains(what)) {
                wait();
            }
        }

        synchronized void awaitClose() throws InterruptedException {
            while (!closed) {
                wait();
            }
        }
    }

    /** Never takes a word until it is let go. */
    private static final class Stuck extends Remembering {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch free = new CountDownLatch(1);

        @Override
        public void event(String name, String data) throws IOException {
            entered.countDown();
            try {
                free.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            super.event(name, data);
        }
    }

    /** Its machine is gone. */
    private static final class Dead extends Remembering {
        @Override
        public void keepAlive() throws IOException {
            throw new IOException("Broken pipe");
        }

        @Override
        public void event(String name, String data) throws IOException {
            throw new IOException("Broken pipe");
        }
    }

    @AfterEach
    void stop() {
        listeners.close();
        tellers.shutdownNow();
    }

    @Test
    void tellsEachMachineWhatConcernsIt() throws Exception {
        Remembering one = new Remembering();
        Remembering two = new Remembering();
        listeners.open(1, one);
        listeners.open(2, two);
        one.await("master-file {\"version\":7}");
        listeners.masterFileMade(new MasterFileMade(8));
        listeners.jobNews(new JobNews(1, 50, JobNews.What.WAITS));
        listeners.jobNews(new JobNews(1, 51, JobNews.What.CANCELLED));
        listeners.policyChanged(new PolicyChanged(false, List.of(2L), "test"));
        one.await("job {\"job\":50}");
        one.await("cancel {\"job\":51}");
        QuestionAsked toOne = new QuestionAsked(1, 9);
        listeners.questionAsked(toOne);
        one.await("question {\"question\":9}");
        assertTrue(toOne.isReached());
        QuestionAsked toNobody = new QuestionAsked(3, 10);
        listeners.questionAsked(toNobody);
        assertFalse(toNobody.isReached(), "nobody listens there");
        one.await("master-file {\"version\":8}");
        two.await("policy {}");
        two.await("master-file {\"version\":8}");
        assertTrue(two.told.stream().noneMatch(line -> line.contains("job")));
        assertTrue(one.told.stream().noneMatch(line -> line.contains("policy")));
    }

    @Test
    void aStuckListenerHoldsUpNobodyAndItsNewsStaySmall() throws Exception {
        Stuck stuck = new Stuck();
        listeners.open(1, stuck);
        stuck.entered.await();
        List<Remembering> others = new ArrayList<>();
        for (int i = 2; i < 1_002; i++) {
            others.add(new Remembering());
            listeners.open(i, others.get(i - 2));
        }
        for (long version = 8; version <= 2_000; version++) {
            listeners.jobNews(new JobNews(1, version, JobNews.What.WAITS));
            if (version % 100 == 0) {
                listeners.masterFileMade(new MasterFileMade(version));
            }
        }
        for (Remembering other : others) {
            other.await("master-file {\"version\":2000}");
        }
        stuck.free.countDown();
        stuck.await("master-file {\"version\":2000}");
        assertTrue(stuck.told.size() < 80, () -> stuck.told.size() + " were told");
    }

    @Test
    void forgetsADeadListenerAtTheNextSignOfLife() throws Exception {
        Dead dead = new Dead();
        Remembering alive = new Remembering();
        listeners.open(1, dead);
        listeners.open(2, alive);
        listeners.pulse();
        dead.awaitClose();
        alive.await("alive");
        assertEquals(1, listeners.count());
    }

    @Test
    void aMachineThatComesAgainTakesItsOwnPlace() throws Exception {
        Remembering first = new Remembering();
        Remembering second = new Remembering();
        listeners.open(1, first);
        listeners.open(1, second);
        first.awaitClose();
        listeners.jobNews(new JobNews(1, 50, JobNews.What.WAITS));
        second.await("job {\"job\":50}");
        assertEquals(1, listeners.count());
    }

    @Test
    void whoeverIsShutOutHearsNothingFromThatMomentOn() throws Exception {
        Remembering stolen = new Remembering();
        Remembering other = new Remembering();
        listeners.open(1, stolen);
        listeners.open(2, other);
        Machine machine = new Machine(1, "ws-01", Set.of("source"), Instant.EPOCH, true, null);
        listeners.shutOut(new ShutOut(machine, "heidi", "stolen"));
        stolen.awaitClose();
        assertEquals(1, listeners.count());
        assertFalse(other.closed);
    }

    @Test
    void letsThoseGoWhoWereShutOut() throws Exception {
        Remembering stolen = new Remembering();
        listeners.open(1, stolen);
        shutOut.add(1L);
        listeners.pulse();
        stolen.awaitClose();
        assertEquals(0, listeners.count());
    }

    @Test
    void tellsWhatAnotherServerMade() throws Exception {
        Remembering one = new Remembering();
        listeners.open(1, one);
        one.await("master-file {\"version\":7}");
        newest = 9;
        listeners.pulse();
        one.await("master-file {\"version\":9}");
    }

    @Test
    void losesNoLetterWhateverTheTiming() throws Exception {
        Remembering one = new Remembering();
        listeners.open(1, one);
        for (long job = 1; job <= 3_200; job++) {
            listeners.jobNews(new JobNews(1, job, JobNews.What.CANCELLED));
            if (job % 32 == 0) {
                one.await("cancel {\"job\":" + job + "}");
            }
        }
        listeners.jobNews(new JobNews(1, 1_000_000, JobNews.What.WAITS));
        one.await("job {\"job\":1000000}");
        assertEquals(
                3_200,
                one.told.stream().filter(line -> line.startsWith("cancel")).count());
    }
}
