package org.cranny.central.recovery;

import java.security.SecureRandom;
import java.time.Clock;
import org.cranny.central.approval.Approvals;
import org.cranny.central.database.Database;
import org.cranny.central.enrollment.Tokens;
import org.cranny.central.job.Job;
import org.cranny.central.job.Jobs;
import org.cranny.protocol.job.RecoverOrder;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** Tells another machine's agent to take a lost one's place and to bring back what was chosen. */
final class AgentOrders {
    private final Database database;
    private final Approvals approvals;
    private final Choices choices;
    private final Jobs jobs;
    private final Clock clock;
    private final SecureRandom random;

    AgentOrders(Database database, Approvals approvals, Choices choices, Jobs jobs, Clock clock, SecureRandom random) {
        this.database = database;
        this.approvals = approvals;
        this.choices = choices;
        this.jobs = jobs;
        this.clock = clock;
        this.random = random;
    }

    /** Once, with leave, and until the recovery expires: the job and the recovery's word of it come together. */
    void tell(String actor, RecoveryRow asked) {
        refuseTold(asked);
        if (!asked.mayBegin(clock.instant())) {
            throw new ProblemException(
                    ProblemKind.NOT_FOUND, "recovery " + asked.id() + " has expired: ask for another one");
        }
        approvals.require(asked.approval());
        Choice choice = choices.of(asked);
        String token = Tokens.make(random);
        database.durably(entities -> {
            RecoveryRow row = RecoveryRows.lock(entities, asked.id());
            refuseTold(row);
            String target = choice.target() == null ? "/" : choice.target();
            Job job = jobs.recover(
                    actor, row.agent(), new RecoverOrder(row.id(), token, row.snapshot(), target), choice.paths());
            row.told(Tokens.hash(token), job.id());
            return null;
        });
    }

    private static void refuseTold(RecoveryRow row) {
        if (row.way() != Way.AGENT || row.job() != null) {
            throw new ProblemException(Problem.ofField("id", "recovery " + row.id() + " waits for no agent"));
        }
    }
}
