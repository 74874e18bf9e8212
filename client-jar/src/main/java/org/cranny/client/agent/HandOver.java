package org.cranny.client.agent;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.cranny.client.home.Home;
import org.cranny.client.home.HomeBusyException;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.client.report.Listening;
import org.cranny.client.report.Progress;
import org.cranny.engine.snapshot.Snapshot;

/**
 * Gives central the snapshots that were made while it was away as soon as it answers, so that it makes up for what they
 * lose. What cannot be handed over, since another process has the home or central does not take it as it is, is offered
 * again every quarter of an hour, and with the next backup.
 */
final class HandOver implements WorkSource {
    private static final Duration AGAIN = Duration.ofMinutes(15);

    private final Home home;
    private final BooleanSupplier centralAnswers;
    private final Holds holds;
    private final Log log;
    private final Clock clock;
    private Instant offered = Instant.EPOCH;

    HandOver(Home home, BooleanSupplier centralAnswers, Holds holds, Log log, Clock clock) {
        this.home = home;
        this.centralAnswers = centralAnswers;
        this.holds = holds;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public Optional<Work> next() throws IOException {
        boolean lately = Duration.between(offered, clock.instant()).abs().compareTo(AGAIN) < 0;
        if (lately || !centralAnswers.getAsBoolean()) {
            return Optional.empty();
        }
        try (Machine machine = Machine.open(home)) {
            Optional<String> waiting = machine.waiting().map(Snapshot::id);
            return waiting.isEmpty() || holds.now().isPresent() ? Optional.empty() : waiting.map(Offer::new);
        }
    }

    private final class Offer implements Work {
        private final String snapshot;

        Offer(String snapshot) {
            this.snapshot = snapshot;
        }

        @Override
        public String name() {
            return "hand-over " + snapshot;
        }

        @Override
        public void run() throws IOException, InterruptedException {
            offered = clock.instant();
            try (Holds.Watch watch = holds.watch(true)) {
                attempt(watch);
            }
        }

        private void attempt(Holds.Watch watch) throws IOException, InterruptedException {
            try (Progress progress = Progress.to(new Tally(log));
                    Machine machine = Machine.open(home);
                    Backups backups = machine.toBackUp()) {
                backups.backup((host, pack, reason) -> progress.warning(host.name(), reason))
                        .handOver(new Listening.ToBackup(progress));
                boolean committed = machine.waiting().isEmpty();
                log.line("handed-over", "snapshot", snapshot, "committed", committed);
            } catch (HomeBusyException busy) {
                log.line("waiting", "reason", busy.getMessage());
            } catch (IOException | InterruptedException | RuntimeException failed) {
                if (!watch.stopped()) {
                    throw failed;
                }
                log.line("hand-over-waits", "snapshot", snapshot);
            }
        }
    }
}
