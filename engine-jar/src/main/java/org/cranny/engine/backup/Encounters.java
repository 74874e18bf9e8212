package org.cranny.engine.backup;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cranny.engine.transfer.TransferException;
import org.cranny.engine.transfer.TransferException.Reason;
import org.cranny.protocol.heartbeat.Probe;
import org.cranny.protocol.heartbeat.Seen;
import org.cranny.protocol.heartbeat.Seen.Outcome;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.problem.ProblemException;

/**
 * What a backup saw of the hosts that it sent to, one look each. Central is told when a host could not be reached, and
 * then of those that could, too, so that it can tell a bad host from a source whose own network is bad. A full host or
 * one that refuses was reached. Thread-safe.
 */
final class Encounters {
    private static final int MOST = 1_000;

    private final Clock clock;
    private final Map<Long, Seen> looks = new ConcurrentHashMap<>();

    Encounters(Clock clock) {
        this.clock = clock;
    }

    void reached(Host host) {
        looks.putIfAbsent(host.id(), seen(host, Outcome.REACHED));
    }

    void failed(Host host, TransferException failure) {
        boolean answered = failure.reason() != Reason.AWAY || failure.getCause() == null;
        boolean stopped = failure.getCause() instanceof InterruptedException;
        if (answered) {
            reached(host);
        } else if (!stopped) {
            looks.put(host.id(), seen(host, Probe.failed(failure)));
        }
    }

    /** Tells central, if there is anything to tell. It is no loss when that fails: others look too. */
    void tell(Catalogue catalogue) {
        List<Seen> all = looks.values().stream().limit(MOST).toList();
        if (all.stream().allMatch(Seen::reached)) {
            return;
        }
        try {
            catalogue.saw(all);
        } catch (IOException | ProblemException othersLookToo) {
            looks.clear();
        }
    }

    private Seen seen(Host host, Outcome outcome) {
        return new Seen(host.id(), clock.instant().getEpochSecond(), outcome, 0);
    }
}
