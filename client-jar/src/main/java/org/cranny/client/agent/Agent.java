package org.cranny.client.agent;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cranny.client.guest.Guest;
import org.cranny.client.guest.Senses;
import org.cranny.client.home.Home;
import org.cranny.client.home.HomeLock;
import org.cranny.client.machine.Machine;
import org.cranny.protocol.release.Upgrading;

/**
 * The background agent of a machine.
 *
 * <ul>
 *   <li>It holds one outgoing connection, so it works behind any firewall that lets it reach central; where a stream
 *       cannot be kept open, it asks.
 *   <li>It does one piece of work at a time, the jobs of central first, then what its policy plans while central is
 *       away, then the snapshots that central does not have yet, then what other sources offer.
 *   <li>What people want to see of its snapshots it answers beside its work.
 *   <li>The local master file follows central's within a second or so.
 *   <li>Central may be away: work goes on, and its result is told when central is back.
 *   <li>It holds back while its owner paused it, and with planned backups while the machine had better be left alone.
 *   <li>However it ends, its work can be taken up again: by itself at once, by another one when the lease has passed.
 *   <li>A home has one agent. It serves the places that this machine took from lost ones too.
 * </ul>
 */
public final class Agent {
    private static final Duration ASK_AGAIN = Duration.ofSeconds(60);
    private static final long PATIENCE_MILLIS = 3_000;

    private final Home home;
    private final Log log;
    private final Ending.Judge judge;
    private final List<WorkSource> others;
    private final Guest guest;

    /**
     * @param judge says what a failure means to people
     * @param others offer work after central's jobs
     * @param senses what is noticed of this machine
     */
    public Agent(Home home, Log log, Ending.Judge judge, List<WorkSource> others, Senses senses) {
        this(home, log, judge, others, new Guest(home, senses, Clock.systemUTC()));
    }

    /** @param guest decides when to hold back */
    Agent(Home home, Log log, Ending.Judge judge, List<WorkSource> others, Guest guest) {
        this.home = home;
        this.guest = guest;
        this.log = log;
        this.judge = judge;
        this.others = List.copyOf(others);
    }

    /**
     * Works until the calling thread is interrupted.
     *
     * @throws org.cranny.client.home.HomeBusyException when this home has an agent already
     */
    public void run() throws IOException, InterruptedException {
        try (Machine machine = Machine.open(home);
                HomeLock lock = home.lockForAgent();
                Places places = new Places(home, log, judge, others, guest);
                Answering answering = new Answering(home, log)) {
            assert lock != null;
            Holds holds = holds();
            CentralJobs jobs = jobs(machine, holds);
            PlannedWork planned = planned(holds);
            Worker worker = worker(places, jobs, planned, handOver(jobs, holds));
            Upgrades upgrades = new Upgrades(machine, Upgrading.ofThis("source", home.folder(), version()), log);
            Thread upgrading = new Thread(upgrades, "upgrade");
            upgrading.setDaemon(true);
            upgrading.start();
            Thread ear = new Thread(
                    new Ear(machine, new Told(jobs, planned, answering, worker, upgrades), new SecureRandom(), log),
                    "ear");
            ear.setDaemon(true);
            Thread look = new Thread(() -> holds.look(worker::wake), "holds");
            look.setDaemon(true);
            log.line("started", "system", machine.configuration().system().number());
            ear.start();
            look.start();
            try {
                worker.workOn(ASK_AGAIN);
            } finally {
                upgrading.interrupt();
                look.interrupt();
                ear.interrupt();
                ear.join(PATIENCE_MILLIS);
                log.line("stopped");
            }
        }
    }

    /** Does what waits now, and ends. @return how many pieces of work there were */
    public int once() throws IOException, InterruptedException {
        try (Machine machine = Machine.open(home);
                HomeLock lock = home.lockForAgent()) {
            assert lock != null;
            machine.refreshMasterFile();
            Holds holds = holds();
            CentralJobs jobs = jobs(machine, holds);
            return worker(jobs, planned(holds), handOver(jobs, holds)).workOff();
        }
    }

    private static String version() {
        return String.valueOf(Agent.class.getPackage().getImplementationVersion());
    }

    private Holds holds() {
        return new Holds(home, guest, log, Clock.systemUTC());
    }

    private CentralJobs jobs(Machine machine, Holds holds) throws IOException {
        return new CentralJobs(machine.central(), new Journal(home.agentFolder()), execution(), holds, judge, log);
    }

    private Execution execution() {
        return new Execution(home, judge, log);
    }

    private PlannedWork planned(Holds holds) {
        return new PlannedWork(home, execution(), holds, log, Clock.systemUTC());
    }

    private HandOver handOver(CentralJobs jobs, Holds holds) {
        return new HandOver(home, jobs::answered, holds, log, Clock.systemUTC());
    }

    private Worker worker(WorkSource... first) {
        List<WorkSource> sources = new ArrayList<>(List.of(first));
        sources.addAll(others);
        return new Worker(sources, log, System::gc);
    }

    private record Told(CentralJobs jobs, PlannedWork planned, Answering answering, Worker worker, Upgrades upgrades)
            implements Ear.News {
        @Override
        public void job(long job) {
            if (!jobs.heard(job)) {
                worker.wake();
            }
        }

        @Override
        public void cancel(long job) {
            jobs.cancel(job);
        }

        @Override
        public void question(long question) {
            answering.asked(question);
        }

        @Override
        public void policy() {
            planned.changed();
            worker.wake();
        }

        @Override
        public void upgrade() {
            upgrades.wake();
        }

        @Override
        public void other() {
            worker.wake();
            upgrades.wake();
        }
    }
}
