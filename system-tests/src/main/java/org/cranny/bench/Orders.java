package org.cranny.bench;

import java.sql.SQLException;

/** What was ordered: jobs of a schedule, and recoveries with the leave for them. */
final class Orders {
    private static final int DAYS_OF_JOBS = 30;
    private static final int RUNNING_JOBS = 40;

    private final Run run;

    Orders(Run run) {
        this.run = run;
    }

    /** Adds the rows. */
    void add() throws SQLException {
        jobs();
        approvals();
        recoveries();
    }

    private void jobs() throws SQLException {
        long job = run.above("job");
        try (Rows rows = run.rows(
                "job",
                "id, system, kind, state, due_millis, actor, reason, salt, order_document, paths, pages, created_millis,"
                        + " started_millis, ended_millis, claim, attempts, lease_millis, files, files_total, bytes,"
                        + " bytes_total, stored_bytes, warnings, bytes_per_second, exit_code, summary, failure")) {
            for (int day = DAYS_OF_JOBS; day > 0; day--) {
                for (int i = 0; i < run.systems(); i++) {
                    long created = run.now() - Run.days(day) + i * 1_000L;
                    boolean running = day == 1 && i < RUNNING_JOBS;
                    boolean waits = day == 1 && i >= RUNNING_JOBS && i < 3 * RUNNING_JOBS;
                    boolean failed = !running && !waits && i % 97 == day;
                    rows.add(
                            job++,
                            run.first() + i,
                            "RUN_NOW",
                            running ? "RUNNING" : waits ? "WAITING" : failed ? "FAILED" : "DONE",
                            created,
                            "central",
                            "schedule",
                            run.octets(16),
                            run.octets(120),
                            0L,
                            0,
                            created,
                            waits ? null : created + 5_000,
                            waits || running ? null : created + 90_000 + run.random(600_000),
                            waits ? 0L : 1L,
                            waits ? 0 : 1,
                            running ? run.now() + Run.days(365) : 0L,
                            running ? 6_000L * (i % 9) : 60_000L,
                            60_000L,
                            running ? 5 * Run.GIB * (i % 9) : 50 * Run.GIB,
                            50 * Run.GIB,
                            100_000_000L,
                            i % 40 == 3 ? 2L : 0L,
                            running ? 30_000_000L : 0L,
                            waits || running ? null : failed ? 1 : i % 40 == 3 ? 5 : 0,
                            null,
                            failed ? "the machine was switched off" : null);
                }
            }
        }
        run.sequence("job", job);
    }

    private void approvals() throws SQLException {
        long approval = run.above("approval");
        try (Rows rows = run.rows(
                "approval",
                "id, system, purpose, why, officers, asked_by, asked_millis, expires_millis, state, decided_by,"
                        + " decided_millis")) {
            for (int each = 0; each < run.systems() / 5; each++) {
                rows.add(
                        approval++,
                        run.first() + each,
                        "recovery as an archive",
                        "the disk is broken",
                        false,
                        Run.person(each),
                        run.now() - Run.days(each % 300) - Run.hours(5),
                        run.now() - Run.days(each % 300),
                        "GIVEN",
                        Run.person(each + 1),
                        run.now() - Run.days(each % 300) - Run.hours(4));
            }
        }
        run.sequence("approval", approval);
    }

    private void recoveries() throws SQLException {
        long recovery = run.above("recovery");
        try (Rows rows = run.rows(
                "recovery",
                "id, source, snapshot, version, way, paths, format, asked_by, asked_millis, expires_millis, state,"
                        + " ended_millis, files, bytes, failed, left_out, octets, served, away")) {
            for (int each = 0; each < run.systems() / 5; each++) {
                long asked = run.now() - Run.days(each % 300) - Run.hours(5);
                rows.add(
                        recovery++,
                        run.first() + each,
                        Run.hex(run.octets(32)),
                        1L,
                        "ARCHIVE",
                        0,
                        "tar",
                        Run.person(each),
                        asked,
                        asked + Run.days(1),
                        "DONE",
                        asked + Run.hours(3),
                        60_000L,
                        50 * Run.GIB,
                        0L,
                        0L,
                        50 * Run.GIB,
                        "",
                        "");
            }
        }
        run.sequence("recovery", recovery);
    }
}
