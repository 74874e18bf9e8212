package org.cranny.client.agent;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.cranny.client.guest.Guest;
import org.cranny.client.guest.Held;
import org.cranny.client.home.Home;
import org.cranny.client.owner.OwnHolds.Cause;
import org.cranny.client.owner.OwnPause;
import org.cranny.client.owner.OwnRates;
import org.cranny.protocol.job.AgentHold;

/**
 * Why the agent takes no work, or only some of it. Looks again and again: work that should not go on any more is
 * interrupted, so that it is given back and taken up again where it was. So it is when the owner's limits of speed changed,
 * which work learns when it begins.
 */
final class Holds {
    private static final Duration SENSE_AGAIN = Duration.ofSeconds(10);
    private static final long LOOK_MILLIS = 500;

    private final Home home;
    private final Guest guest;
    private final OwnRates rates;
    private final Log log;
    private final Clock clock;
    private Optional<AgentHold> last = Optional.empty();
    private Optional<Cause> cause = Optional.empty();
    private Instant sensed = Instant.MIN;
    private OwnRates.Rates paced;
    private Watch watch;

    Holds(Home home, Guest guest, Log log, Clock clock) {
        this.home = home;
        this.guest = guest;
        this.rates = new OwnRates(home);
        this.log = log;
        this.clock = clock;
    }

    /** What holds just now. */
    synchronized Optional<AgentHold> now() throws IOException {
        Optional<OwnPause.Span> pause = guest.pause();
        Optional<AgentHold> found = pause.isPresent()
                ? pause.map(span -> new AgentHold(AgentHold.PAUSED, span.since(), span.until()))
                : sensed();
        if (!found.equals(last)) {
            last = found;
            found.ifPresentOrElse(
                    hold -> log.line("held", "by", hold.kind().toLowerCase(Locale.ROOT), "until", hold.until()),
                    () -> log.line("held-no-more"));
            Held.note(home, found);
        }
        return found;
    }

    private Optional<AgentHold> sensed() throws IOException {
        Instant now = clock.instant();
        if (sensed.isBefore(now.minus(SENSE_AGAIN)) || sensed.isAfter(now)) {
            cause = guest.cause();
            sensed = now;
        }
        return cause.map(Enum::name)
                .map(kind -> last.filter(before -> before.kind().equals(kind))
                        .orElseGet(() -> new AgentHold(kind, now.truncatedTo(ChronoUnit.SECONDS), null)));
    }

    /** Looks until the thread is interrupted. @param changed hears that something holds, or does not any more */
    void look(Runnable changed) {
        try {
            while (true) {
                Optional<AgentHold> before = last();
                try {
                    Optional<AgentHold> found = now();
                    stopWhatShouldNotGoOn(found);
                    if (!found.equals(before)) {
                        changed.run();
                    }
                } catch (IOException | RuntimeException unreadable) {
                    log.line("trouble", "reason", unreadable.getMessage());
                    TimeUnit.SECONDS.sleep(SENSE_AGAIN.toSeconds());
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Optional<AgentHold> last() {
        return last;
    }

    private synchronized void stopWhatShouldNotGoOn(Optional<AgentHold> hold) throws IOException {
        OwnRates.Rates wanted = rates.kept();
        if (watch != null && (hold.filter(each -> each.all() || watch.planned).isPresent() || !wanted.equals(paced))) {
            watch.stop();
        }
    }

    /** Whether an offer should be left alone. */
    static boolean holds(Optional<AgentHold> hold, boolean planned) {
        return hold.filter(each -> each.all() || planned).isPresent();
    }

    /** Watches over the work that the calling thread begins now. @param planned whether nobody waits for it */
    synchronized Watch watch(boolean planned) throws IOException {
        paced = rates.kept();
        watch = new Watch(planned);
        return watch;
    }

    private synchronized void over(Watch ended) {
        if (watch == ended) {
            watch = null;
        }
    }

    /** After {@link #close} the working thread is not interrupted by this any more. */
    final class Watch implements AutoCloseable {
        private final boolean planned;
        private final Thread worker = Thread.currentThread();
        private boolean closed;
        private boolean stopped;

        private Watch(boolean planned) {
            this.planned = planned;
        }

        private synchronized void stop() {
            if (!closed && !stopped) {
                stopped = true;
                worker.interrupt();
            }
        }

        /** Whether the work was interrupted because it should wait. */
        synchronized boolean stopped() {
            return stopped;
        }

        @Override
        public void close() {
            over(this);
            synchronized (this) {
                closed = true;
                if (stopped) {
                    Thread.interrupted();
                }
            }
        }
    }
}
