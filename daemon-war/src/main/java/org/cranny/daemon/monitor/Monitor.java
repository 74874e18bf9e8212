package org.cranny.daemon.monitor;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.identity.Identity;
import org.cranny.protocol.heartbeat.Peer;
import org.cranny.protocol.heartbeat.Probe;
import org.cranny.protocol.heartbeat.Seen;
import org.cranny.protocol.heartbeat.Seen.Outcome;

/**
 * Looks whether central and peers can be reached, and remembers what it saw until central has it, over restarts. A look
 * is a {@link Probe}: a TLS handshake in which the peer proves to be the system that was meant, and a request, within
 * {@link #PATIENCE}. Thread-safe.
 */
public final class Monitor {
    /** The most looks that go into one report. */
    public static final int MOST_IN_A_REPORT = 1_000;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int AT_ONCE = 4;

    private final Identity identity;
    private final Clock clock;
    private final Journal journal;
    private final Rotation rotation;
    private final Consumer<Outcome> looked;
    private final ExecutorService eyes = Executors.newFixedThreadPool(AT_ONCE, Monitor::daemonThread);

    /** @param dropped is run for each look that is lost because central was away for too long */
    public Monitor(Home home, Identity identity, Clock clock, Runnable dropped) throws IOException {
        this(home, identity, clock, dropped, outcome -> {});
    }

    /** @param looked hears what came of each look */
    public Monitor(Home home, Identity identity, Clock clock, Runnable dropped, Consumer<Outcome> looked)
            throws IOException {
        this.looked = looked;
        this.identity = identity;
        this.clock = clock;
        this.journal = new Journal(home.state("looks"), dropped);
        this.rotation = new Rotation(home.state("peers"));
    }

    /** Takes the peers that central wants looked at next. */
    public void name(List<Peer> peers) {
        rotation.name(peers.stream()
                .filter(Objects::nonNull)
                .filter(peer -> peer.address() != null && !peer.address().contains(" "))
                .filter(peer -> peer.system() != identity.system().number())
                .toList());
    }

    /** Looks at those whose turn it is, a few at once. Returns when all were looked at. */
    public void look() throws InterruptedException {
        List<Callable<Seen>> looks = new ArrayList<>();
        rotation.next(AT_ONCE).forEach(peer -> looks.add(() -> look(peer)));
        for (Future<Seen> look : eyes.invokeAll(looks)) {
            try {
                saw(look.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** Remembers a look that was made in passing. */
    public void saw(Seen look) {
        looked.accept(look.outcome());
        journal.add(look);
    }

    /** The oldest looks that were not reported yet, as many as fit into a report. */
    public List<Seen> unreported() {
        return journal.oldest(MOST_IN_A_REPORT);
    }

    /** Forgets what a report brought to central. */
    public void reported(List<Seen> report) {
        journal.remove(report);
    }

    private Seen look(Peer peer) {
        long from = System.nanoTime();
        Outcome outcome = Probe.look(identity.tls(system -> system == peer.system()), peer.address(), PATIENCE);
        return new Seen(
                peer.system(), clock.instant().getEpochSecond(), outcome, (System.nanoTime() - from) / 1_000_000);
    }

    private static Thread daemonThread(Runnable task) {
        Thread thread = new Thread(task, "monitor");
        thread.setDaemon(true);
        return thread;
    }
}
