package org.cranny.bench;

import java.sql.SQLException;

/** What those who run the realm see and set: alerts that are over, policies and their changes. */
final class Oversight {
    private static final int ALERTS_OVER = 100_000;
    private static final String DOCUMENT = "{\"retention\":{\"daily\":14,\"weekly\":8,\"monthly\":12}}";

    private final Run run;

    Oversight(Run run) {
        this.run = run;
    }

    /** Adds the rows. */
    void add() throws SQLException {
        alerts();
        policies();
        changes();
    }

    /** Those that are over; central itself finds out which last. */
    private void alerts() throws SQLException {
        long alert = run.above("alert");
        try (Rows rows = run.rows(
                "alert",
                "id, kind, subject, name, detail, since_millis, raised_millis, told_millis, resolved_millis,"
                        + " acknowledged_millis, acknowledged_by")) {
            int all = Math.min(ALERTS_OVER, 10 * run.systems());
            for (int each = 0; each < all; each++) {
                int i = run.random(run.systems());
                long since = run.now() - Run.days(30 + each % 300);
                rows.add(
                        alert++,
                        "NO_BACKUP_FOR_3_DAYS",
                        "system " + (run.first() + i),
                        Run.name(i),
                        "The newest backup is more than three days old.",
                        since,
                        since,
                        since + 60_000,
                        since + Run.hours(20),
                        each % 2 == 0 ? since + Run.hours(1) : null,
                        each % 2 == 0 ? Run.person(each) : null);
            }
        }
        run.sequence("alert", alert);
    }

    private void policies() throws SQLException {
        long policy = run.above("policy");
        try (Rows rows = run.rows("policy", "id, scope, name, document, changed_millis, changed_by")) {
            for (int group = 0; group < Run.GROUPS; group++) {
                rows.add(policy++, "group", "group-" + group, DOCUMENT, run.now() - Run.days(group), Run.person(group));
            }
            for (int i = 0; i < run.systems(); i += 10) {
                rows.add(
                        policy++,
                        "system",
                        String.valueOf(run.first() + i),
                        DOCUMENT,
                        run.now() - Run.days(i % 90),
                        Run.person(i));
            }
        }
        run.sequence("policy", policy);
    }

    private void changes() throws SQLException {
        long change = run.above("policy_change");
        try (Rows rows = run.rows(
                "policy_change", "id, scope, name, changed_millis, changed_by, before_document, after_document")) {
            for (int each = 0; each < 5 * Run.GROUPS; each++) {
                rows.add(
                        change++,
                        "group",
                        "group-" + each % Run.GROUPS,
                        run.now() - Run.days(each),
                        Run.person(each),
                        null,
                        DOCUMENT);
            }
        }
        run.sequence("policy_change", change);
    }
}
