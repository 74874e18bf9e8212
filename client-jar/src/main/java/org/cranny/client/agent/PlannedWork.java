package org.cranny.client.agent;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.cranny.client.home.Home;
import org.cranny.client.machine.Machine;
import org.cranny.client.policy.LocalPolicy;
import org.cranny.client.policy.Plan;
import org.cranny.client.policy.Served;
import org.cranny.client.report.Progress;
import org.cranny.engine.backup.CatalogueAwayException;
import org.cranny.protocol.job.JobKind;
import org.cranny.protocol.job.RunNowOrder;
import org.cranny.protocol.policy.EffectivePolicy;
import org.cranny.protocol.problem.ProblemException;

/**
 * The backups that the kept policy plans, for the time when central is away: while central answers, it is central that
 * calls. A planned time is served once, and central's later call for it is answered without another backup.
 */
final class PlannedWork implements WorkSource {
    private static final Duration REFRESH = Duration.ofMinutes(15);

    private final Home home;
    private final Execution execution;
    private final Holds holds;
    private final Served served;
    private final Log log;
    private final Clock clock;
    private volatile Instant asked = Instant.EPOCH;
    private Instant centralHas = Instant.EPOCH;

    PlannedWork(Home home, Execution execution, Holds holds, Log log, Clock clock) {
        this.home = home;
        this.execution = execution;
        this.holds = holds;
        this.served = new Served(home);
        this.log = log;
        this.clock = clock;
    }

    /** The policy is asked for again at the next look. For any thread. */
    void changed() {
        asked = Instant.EPOCH;
    }

    @Override
    public Optional<Work> next() throws IOException {
        try (Machine machine = Machine.open(home)) {
            LocalPolicy local = new LocalPolicy(machine);
            Optional<Instant> due = due(local);
            boolean old = asked.plus(REFRESH).isBefore(clock.instant());
            boolean news = due.isPresent() && due.get().isAfter(centralHas);
            if (!old && !news) {
                return Optional.empty();
            }
            if (centralAnswers(local)) {
                due.ifPresent(time -> centralHas = time);
                return Optional.empty();
            }
            return holds.now().isPresent()
                    ? Optional.empty()
                    : due.filter(time -> news).map(Planned::new);
        }
    }

    private Optional<Instant> due(LocalPolicy local) throws IOException {
        Instant newest = served.newest();
        return local.kept().flatMap(policy -> new Plan(policy, clock).due(newest));
    }

    private boolean centralAnswers(LocalPolicy local) throws IOException {
        try {
            EffectivePolicy policy = local.refresh();
            asked = clock.instant();
            log.line("policy", "tag", policy.tag());
            return true;
        } catch (CatalogueAwayException away) {
            return false;
        } catch (ProblemException refused) {
            log.line("trouble", "reason", refused.getMessage());
            return true;
        }
    }

    /** One attempt at a planned time; when it fails, the next time tries again. */
    private final class Planned implements Work {
        private final Instant due;

        Planned(Instant due) {
            this.due = due;
        }

        @Override
        public String name() {
            return "planned " + due;
        }

        @Override
        public void run() throws IOException, InterruptedException {
            log.line("plan-begins", "due", due);
            try (Holds.Watch watch = holds.watch(true)) {
                attempt(watch);
            }
        }

        private void attempt(Holds.Watch watch) throws IOException, InterruptedException {
            Tally tally = new Tally(log);
            try (Progress progress = Progress.to(tally)) {
                Execution.Finished finished =
                        execution.run(JobKind.RUN_NOW, new RunNowOrder(due, "plan"), null, progress);
                log.line("plan-ends", "due", due, "exit", finished.exitCode());
            } catch (IOException | InterruptedException | RuntimeException failed) {
                if (watch.stopped()) {
                    log.line("plan-waits", "due", due);
                    return;
                }
                if (!(failed instanceof InterruptedException)) {
                    served.note(due);
                }
                throw failed;
            }
        }
    }
}
