package org.cranny.client.agent;

import java.io.IOException;
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
 * lose. Each is offered once; what central does not take as it is waits for the next backup.
 */
final class HandOver implements WorkSource {
    private final Home home;
    private final BooleanSupplier centralAnswers;
    private final Holds holds;
    private final Log log;
    private String offered = "";

    HandOver(Home home, BooleanSupplier centralAnswers, Holds holds, Log log) {
        this.home = home;
        this.centralAnswers = centralAnswers;
        this.holds = holds;
        this.log = log;
    }

    @Override
    public Optional<Work> next() throws IOException {
        if (!centralAnswers.getAsBoolean()) {
            return Optional.empty();
        }
        try (Machine machine = Machine.open(home)) {
            Optional<String> waiting = machine.waiting().map(Snapshot::id).filter(id -> !id.equals(offered));
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
            offered = snapshot;
            Tally tally = new Tally(log);
            try (Holds.Watch watch = holds.watch(true);
                    Progress progress = Progress.to(tally);
                    Machine machine = Machine.open(home);
                    Backups backups = machine.toBackUp()) {
                backups.backup((host, pack, reason) -> progress.warning(host.name(), reason))
                        .handOver(new Listening.ToBackup(progress));
                log.line(
                        "handed-over",
                        "snapshot",
                        snapshot,
                        "committed",
                        machine.waiting().isEmpty());
            } catch (HomeBusyException busy) {
                log.line("waiting", "reason", busy.getMessage());
            }
        }
    }
}
