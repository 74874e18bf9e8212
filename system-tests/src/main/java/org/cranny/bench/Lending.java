package org.cranny.bench;

import java.nio.ByteBuffer;
import java.sql.SQLException;

/** The space that machines lend: hosts, how they could be reached, and how they stood day by day. */
final class Lending {
    private static final int DAYS_OF_HOSTS = 100;

    private final Run run;

    Lending(Run run) {
        this.run = run;
    }

    /** Adds the rows. */
    void add() throws SQLException {
        hosts();
        trackRecords();
        days();
    }

    private void hosts() throws SQLException {
        try (Rows rows = run.rows(
                "host",
                "number, address, failure_domain, decided, state, available_bytes, promised_bytes, quota_bytes,"
                        + " kept_bytes, disk_bytes, disk_free_bytes, fragments, heard_millis, boots, daemon_version,"
                        + " last_receipt, counters, looked_seconds, rating, availability, unreachable")) {
            for (int i = 0; i < run.systems(); i++) {
                long kept = (10 + run.random(200)) * Run.GIB;
                long free = i % 20 == 19 ? 0 : (1 + run.random(300)) * Run.GIB;
                String decided = i % 100 == 50 ? "DRAINING" : i % 500 == 77 ? "QUARANTINED" : "ACCEPTING";
                String state = !decided.equals("ACCEPTING") ? decided : free == 0 ? "FULL" : "ACCEPTING";
                rows.add(
                        run.first() + i,
                        "https://127." + (1 + i / 62_500) + "." + i / 250 % 250 + "." + (1 + i % 250) + ":9443",
                        Run.site(i) + "/room-" + i % 50,
                        decided,
                        state,
                        free,
                        0L,
                        kept + free + 5 * Run.GIB,
                        kept,
                        kept + free + 200 * Run.GIB,
                        free + 100 * Run.GIB,
                        (long) run.random(20_000),
                        run.now(),
                        3L,
                        "0.1.0",
                        Run.hex(run.octets(32)),
                        "",
                        run.now() / 1_000,
                        0.5 + run.random(500) / 1_000.0,
                        new String[] {"always", "office", "sometimes"}[i % 3],
                        null);
            }
        }
    }

    private void trackRecords() throws SQLException {
        ByteBuffer profile = ByteBuffer.allocate(168 * 8);
        for (int hour = 0; hour < 168; hour++) {
            float weight = 3;
            profile.putFloat(hour % 24 > 7 && hour % 24 < 18 ? weight : weight / 3)
                    .putFloat(weight);
        }
        try (Rows rows = run.rows(
                "track_record",
                "host, until_seconds, reached, weight, central_reached, central_weight, peers_reached, peers_weight,"
                        + " profile_hour, profile")) {
            for (int i = 0; i < run.systems(); i++) {
                double weight = 300_000;
                double reached = weight * (0.5 + i % 50 / 100.0);
                rows.add(
                        run.first() + i,
                        run.now() / 1_000,
                        reached,
                        weight,
                        reached,
                        weight,
                        reached,
                        weight,
                        run.now() / 3_600_000,
                        profile.array());
            }
        }
    }

    private void days() throws SQLException {
        long today = run.now() / Run.days(1);
        try (Rows rows =
                run.rows("host_day", "host, epoch_day, free_bytes, disk_free_bytes, kept_bytes, quota_bytes, rating")) {
            for (int day = DAYS_OF_HOSTS; day > 0; day--) {
                for (int i = 0; i < run.systems(); i++) {
                    long free = (100 + (i + day) % 50) * Run.GIB;
                    rows.add(
                            run.first() + i,
                            today - day,
                            free,
                            free + 80 * Run.GIB,
                            60 * Run.GIB,
                            300 * Run.GIB,
                            0.7 + day % 3 / 10.0);
                }
            }
        }
    }
}
