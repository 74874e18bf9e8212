package org.cranny.central.retention;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.SortedMap;
import org.cranny.central.policy.Policies;
import org.cranny.central.settings.Settings;
import org.cranny.central.snapshot.Keepsakes;
import org.cranny.central.snapshot.SnapshotAge;
import org.cranny.engine.retention.Keeping;

/** Forgets snapshots by policy. What it would do can be seen first; what it did can be undone for a time. */
@ApplicationScoped
public class Retention {
    private final Keepsakes keepsakes;
    private final Policies policies;
    private final Settings settings;
    private final Clock clock;

    protected Retention() {
        this(null, null, null, null);
    }

    @Inject
    public Retention(Keepsakes keepsakes, Policies policies, Settings settings, Clock clock) {
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

    /** Forgets what the policy does not keep. @return the plan that was carried out */
    public RetentionPlan forget(long system, String actor) {
        RetentionPlan plan = plan(system);
        List<Long> versions = plan.snapshots().stream()
                .filter(line -> line.state().equals("forget"))
                .map(RetentionPlan.Line::version)
                .toList();
        if (!versions.isEmpty()) {
            keepsakes.forget(system, versions, actor);
        }
        return plan;
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
