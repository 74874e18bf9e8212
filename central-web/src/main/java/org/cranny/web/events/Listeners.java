package org.cranny.web.events;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cranny.central.browse.QuestionAsked;
import org.cranny.central.job.JobNews;
import org.cranny.central.masterfile.MasterFileMade;
import org.cranny.central.masterfile.MasterFiles;
import org.cranny.central.policy.PolicyChanged;
import org.cranny.central.system.ShutOut;
import org.cranny.central.system.Systems;
import org.cranny.central.upgrade.UpgradeNews;

/**
 * The machines that listen, one connection each, and what they are told.
 *
 * <ul>
 *   <li>Telling returns at once: what is to be told goes into a machine's mailbox, and a few threads carry it out.
 *   <li>A machine that is slow or dead holds up nobody; it is forgotten when a write to it fails.
 *   <li>A machine that comes again takes the place of its earlier connection, so there are never more than machines.
 *   <li>Everybody gets a sign of life every {@value #PULSE_SECONDS} s; whoever was shut out is let go then at the latest.
 *   <li>What another server did is told at the next sign of life (master file) or learnt by asking (jobs).
 * </ul>
 */
@ApplicationScoped
public class Listeners {
    static final int PULSE_SECONDS = 15;
    private static final int TELLERS = 16;
    private static final Logger LOGGER = Logger.getLogger(Listeners.class.getName());

    private final Systems systems;
    private final MasterFiles masterFiles;
    private final Map<Long, Listener> listeners = new ConcurrentHashMap<>();

    private final Instance<TellerThreads> threads;

    private Executor tellers;
    private ScheduledFuture<?> pulse;

    protected Listeners() {
        this(null, null, (Instance<TellerThreads>) null);
    }

    @Inject
    public Listeners(Systems systems, MasterFiles masterFiles, Instance<TellerThreads> threads) {
        this.systems = systems;
        this.masterFiles = masterFiles;
        this.threads = threads;
    }

    /** For a small JVM: nothing is scheduled, {@link #pulse} is called by hand. */
    Listeners(Systems systems, MasterFiles masterFiles, Executor tellers) {
        this(systems, masterFiles, (Instance<TellerThreads>) null);
        this.tellers = tellers;
    }

    /** A machine begins to listen. It is told the newest master file and to ask for jobs, for it may have missed both. */
    public void open(long system, Outlet outlet) {
        Listener listener = new Listener(system, outlet, begun(), this::forget);
        Listener before = listeners.put(system, listener);
        if (before != null) {
            before.close();
        }
        listener.tell(Mailbox::signOfLife);
        long newest = masterFiles.newest();
        if (newest > 0) {
            listener.masterFile(newest);
        }
    }

    /** How many machines listen now. */
    public int count() {
        return listeners.size();
    }

    public void masterFileMade(@Observes MasterFileMade news) {
        listeners.values().forEach(listener -> listener.masterFile(news.version()));
    }

    /** Its stream ends now; when it comes again meanwhile, at the next sign of life. */
    public void shutOut(@Observes ShutOut news) {
        Listener listener = listeners.get(news.machine().number());
        if (listener != null) {
            listener.close();
        }
    }

    public void jobNews(@Observes JobNews news) {
        tell(news.system(), box -> {
            if (news.what() == JobNews.What.CANCELLED) {
                box.cancelled(news.job());
            } else {
                box.job(news.job());
            }
        });
    }

    public void questionAsked(@Observes QuestionAsked news) {
        if (tell(news.system(), box -> box.question(news.number()))) {
            news.reach();
        }
    }

    public void policyChanged(@Observes PolicyChanged news) {
        if (news.everybody()) {
            listeners.values().forEach(listener -> listener.tell(Mailbox::policy));
        } else {
            news.systems().forEach(system -> tell(system, Mailbox::policy));
        }
    }

    public void upgradeNews(@Observes UpgradeNews news) {
        tell(news.system(), Mailbox::upgrade);
    }

    /** Signs of life for all; those who were shut out are let go, and the newest master file is told to the others. */
    void pulse() {
        Set<Long> shutOut = Set.copyOf(systems.revoked());
        long newest = masterFiles.newest();
        for (Listener listener : List.copyOf(listeners.values())) {
            if (shutOut.contains(listener.system())) {
                listener.close();
            } else {
                listener.hear(newest);
            }
        }
    }

    /** @return whether it listens */
    private boolean tell(long system, Consumer<Mailbox> letter) {
        Listener listener = listeners.get(system);
        if (listener != null) {
            listener.tell(letter);
        }
        return listener != null;
    }

    private void forget(Listener listener) {
        listeners.remove(listener.system(), listener);
    }

    private synchronized Executor begun() {
        if (tellers == null) {
            TellerThreads found = threads.get();
            tellers = found.pool(TELLERS);
            pulse = found.every(Duration.ofSeconds(PULSE_SECONDS), this::pulseOnce);
        }
        return tellers;
    }

    private void pulseOnce() {
        try {
            pulse();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "signs of life could not be given; the next ones come in a moment", e);
        }
    }

    @PreDestroy
    void close() {
        if (pulse != null) {
            pulse.cancel(true);
        }
        List.copyOf(listeners.values()).forEach(Listener::close);
        if (tellers instanceof ExecutorService pool) {
            pool.shutdownNow();
        }
    }
}
