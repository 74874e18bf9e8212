package org.cranny.central.retention;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.SortedMap;
import org.cranny.central.approval.ApprovalKind;
import org.cranny.central.approval.Approvals;
import org.cranny.central.database.Database;
import org.cranny.central.policy.Policies;
import org.cranny.central.settings.Settings;
import org.cranny.central.snapshot.Keepsakes;
import org.cranny.central.snapshot.SnapshotAge;
import org.cranny.engine.retention.Keeping;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** Forgets snapshots by policy. What it would do can be seen first; what it did can be undone for a time. */
@ApplicationScoped
public class Retention {
    private final Keepsakes keepsakes;
    private final Database database;
    private final Policies policies;
    private final Approvals approvals;
    private final Settings settings;
    private final Clock clock;

    protected Retention() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public Retention(
            Database database,
            Keepsakes keepsakes,
            Policies policies,
            Approvals approvals,
            Settings settings,
            Clock clock) {
        this.database = database;
        this.approvals = approvals;
        this.keepsakes = keepsakes;
        this.policies = policies;
        this.settings = settings;
        this.clock = clock;
    }

    /** What {@link #forget} would do now. */
    public RetentionPlan plan(long system) {
        List<SnapshotAge> ages = keepsakes.ages(system);
        SortedMap<Long, String> kept =
                Keeping.keep(there(ages), policies.effective(system).policy().retention(), clock.instant());
        return new RetentionPlan(
                system,
                ages.stream().map(age -> line(age, kept.get(age.version()))).toList());
    }

    private static List<Keeping.Age> there(List<SnapshotAge> ages) {
        return ages.stream()
                .filter(age -> age.forgotten() == null)
                .map(age -> new Keeping.Age(age.version(), age.received(), age.held() != null))
                .toList();
    }

    /** Forgets what the policy does not keep, without leave: it was given for the policy. @return the plan that was carried out */
    public RetentionPlan forget(long system, String actor) {
        RetentionPlan plan = plan(system);
        if (!versions(plan).isEmpty()) {
            keepsakes.forget(system, versions(plan), actor);
        }
        return plan;
    }

    /**
     * Forgets at a person's word what the policy does not keep; many at once take another person's leave.
     *
     * @return the plan that was carried out
     * @throws ProblemException NOT_APPROVED, and says which approval waits
     */
    public RetentionPlan forgetNow(long system, String actor) {
        List<Long> versions = versions(plan(system));
        if (versions.size() <= settings.fewSnapshots()) {
            return forget(system, actor);
        }
        Long leave = approvals.demand(
                ApprovalKind.DELETION,
                actor,
                system,
                "forget " + versions.size() + " snapshots at once",
                system + " " + versions);
        return database.durably(entities -> {
            RetentionPlan plan = plan(system);
            if (!versions(plan).equals(versions)) {
                throw new ProblemException(
                        ProblemKind.NOT_APPROVED, "other snapshots are to go by now: do the same again");
            }
            approvals.use(leave);
            keepsakes.forget(system, versions, actor);
            return plan;
        });
    }

    private static List<Long> versions(RetentionPlan plan) {
        return plan.snapshots().stream()
                .filter(line -> line.state().equals("forget"))
                .map(RetentionPlan.Line::version)
                .toList();
    }

    /** Brings a forgotten snapshot back. */
    public RetentionPlan recall(long system, long version, String actor) {
        keepsakes.recall(system, version, settings.forgottenKept(), actor);
        return plan(system);
    }

    /** Keeps a snapshot whatever the policy says. @param reason null to let go of it */
    public RetentionPlan hold(long system, long version, String reason, String actor) {
        keepsakes.hold(system, version, reason, actor);
        return plan(system);
    }

    private RetentionPlan.Line line(SnapshotAge age, String kept) {
        String state = age.forgotten() != null ? "forgotten" : kept != null ? "keep" : "forget";
        String reason = age.forgotten() != null
                ? "until " + age.forgotten().plus(settings.forgottenKept())
                : kept == null ? "" : age.held() == null ? kept : "held: " + age.held();
        return new RetentionPlan.Line(
                age.version(), age.snapshot(), age.received().toString(), state, reason);
    }
}
