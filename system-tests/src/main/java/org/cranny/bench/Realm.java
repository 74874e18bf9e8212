package org.cranny.bench;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.spec.ECGenParameterSpec;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Consumer;

/**
 * The rows that so many machines leave in central's database: each lends space and is backed up daily, most of them in
 * time. Drawn from one seed, so that two runs differ by the time of day alone. Names of files are nowhere, and what is
 * signed or sealed is only as long as if it were.
 */
final class Realm {
    private static final long GIB = 1L << 30;
    private static final Duration DAY = Duration.ofDays(1);
    private static final int DAYS_OF_HOSTS = 100;
    private static final int DAYS_OF_JOBS = 30;
    private static final int PACKS_OF_A_SYSTEM = 20;
    private static final int COPIES = 2;
    private static final int GROUPS = 40;
    private static final int OWNERS = 4_000;
    private static final int ALERTS_OVER = 100_000;
    private static final int RUNNING_JOBS = 40;
    private static final int ROWS_LEFT_FOR_SEQUENCES = 10_000;
    private static final String[] SITES = {"Aachen", "Bern", "Cork", "Dresden", "Essen", "Fulda", "Graz", "Hamm"};
    private static final String[] KINDS = {"desk", "laptop", "lab", "server", "build", "store"};
    private static final String[] PEOPLE = {"ann", "bob", "carol", "dave", "erin"};

    private final Connection connection;
    private final int systems;
    private final int snapshots;
    private final long now;
    private final Random random = new Random(20_260_801);
    private final long first;

    Realm(Connection connection, int systems, int snapshots, Instant now) throws SQLException {
        this.connection = connection;
        this.systems = systems;
        this.snapshots = snapshots;
        this.now = now.toEpochMilli();
        this.first = number("select max(number) from system") + 1;
    }

    /** Adds everything. @param told what is done */
    void add(Consumer<String> told) throws SQLException {
        told.accept(systems + " systems from number " + first);
        systems();
        hosts();
        days();
        told.accept(snapshots + " snapshots");
        snapshots();
        told.accept((long) systems * PACKS_OF_A_SYSTEM + " packs");
        packs();
        told.accept((long) systems * DAYS_OF_JOBS + " jobs");
        jobs();
        told.accept("alerts, policies, approvals, recoveries");
        alerts();
        policies();
        recoveries();
        told.accept("the log");
        log();
        execute("alter sequence system_seq restart with " + (first + systems + 1));
        connection.commit();
    }

    private void systems() throws SQLException {
        byte[][] keys = new byte[systems][];
        try (Rows rows = new Rows(
                connection,
                "system",
                "number, name, roles, public_key, key_fingerprint, token, enrolled_millis, revoked_millis, owner_mail,"
                        + " backed_up_millis")) {
            for (int i = 0; i < systems; i++) {
                keys[i] = key();
                boolean revoked = i % 250 == 249;
                rows.add(
                        first + i,
                        name(i),
                        "host,source",
                        keys[i],
                        hex(sha256(keys[i])),
                        1L,
                        now - days(400 - i % 300),
                        revoked ? now - days(i % 100) : null,
                        i % 3 == 0 ? null : "person" + i % OWNERS + "@example.org",
                        count(i) == 0 ? null : received(i, count(i)));
            }
        }
        try (Rows rows = new Rows(connection, "certificate", "serial, system, issued_millis, expires_millis, octets")) {
            for (int i = 0; i < systems; i++) {
                rows.add(hex(octets(16)), first + i, now - days(i % 60), now + days(90 - i % 60), octets(600));
            }
        }
        long escrow = above("escrow");
        try (Rows rows =
                new Rows(connection, "escrow", "id, source, generation, hash, key_ring, browse, deposited_millis")) {
            for (int i = 0; i < systems; i++) {
                rows.add(escrow + i, first + i, 1, hex(octets(32)), octets(700), octets(300), now - days(i % 300));
            }
        }
        try (Rows rows = new Rows(connection, "system_label", "system, position, label")) {
            for (int i = 0; i < systems; i++) {
                rows.add(first + i, 0, "group-" + i % GROUPS);
                rows.add(first + i, 1, "site-" + SITES[i % SITES.length].toLowerCase(java.util.Locale.ROOT));
            }
        }
        try (Rows rows = new Rows(connection, "backup_due", "source, next_millis, last_millis, stale")) {
            for (int i = 0; i < systems; i++) {
                rows.add(first + i, now + days(2) + i, now - hours(i % 24), 0);
            }
        }
    }

    private void hosts() throws SQLException {
        try (Rows rows = new Rows(
                connection,
                "host",
                "number, address, failure_domain, decided, state, available_bytes, promised_bytes, quota_bytes,"
                        + " kept_bytes, disk_bytes, disk_free_bytes, fragments, heard_millis, boots, daemon_version,"
                        + " last_receipt, counters, looked_seconds, rating, availability, unreachable")) {
            for (int i = 0; i < systems; i++) {
                long kept = (10 + random.nextInt(200)) * GIB;
                long free = i % 20 == 19 ? 0 : (1 + random.nextInt(300)) * GIB;
                String decided = i % 100 == 50 ? "DRAINING" : i % 500 == 77 ? "QUARANTINED" : "ACCEPTING";
                String state = !decided.equals("ACCEPTING") ? decided : free == 0 ? "FULL" : "ACCEPTING";
                rows.add(
                        first + i,
                        "https://127." + (1 + i / 62_500) + "." + i / 250 % 250 + "." + (1 + i % 250) + ":9443",
                        SITES[i % SITES.length] + "/room-" + i % 50,
                        decided,
                        state,
                        free,
                        0L,
                        kept + free + 5 * GIB,
                        kept,
                        kept + free + 200 * GIB,
                        free + 100 * GIB,
                        (long) random.nextInt(20_000),
                        now,
                        3L,
                        "0.1.0",
                        hex(octets(32)),
                        "",
                        now / 1_000,
                        0.5 + random.nextInt(500) / 1_000.0,
                        new String[] {"always", "office", "sometimes"}[i % 3],
                        null);
            }
        }
        ByteBuffer profile = ByteBuffer.allocate(168 * 8);
        for (int hour = 0; hour < 168; hour++) {
            float weight = 3;
            profile.putFloat(hour % 24 > 7 && hour % 24 < 18 ? weight : weight / 3)
                    .putFloat(weight);
        }
        try (Rows rows = new Rows(
                connection,
                "track_record",
                "host, until_seconds, reached, weight, central_reached, central_weight, peers_reached, peers_weight,"
                        + " profile_hour, profile")) {
            for (int i = 0; i < systems; i++) {
                double weight = 300_000;
                double reached = weight * (0.5 + i % 50 / 100.0);
                rows.add(
                        first + i,
                        now / 1_000,
                        reached,
                        weight,
                        reached,
                        weight,
                        reached,
                        weight,
                        now / 3_600_000,
                        profile.array());
            }
        }
    }

    private void days() throws SQLException {
        long today = now / DAY.toMillis();
        try (Rows rows = new Rows(
                connection,
                "host_day",
                "host, epoch_day, free_bytes, disk_free_bytes, kept_bytes, quota_bytes, rating")) {
            for (int day = DAYS_OF_HOSTS; day > 0; day--) {
                for (int i = 0; i < systems; i++) {
                    long free = (100 + (i + day) % 50) * GIB;
                    rows.add(first + i, today - day, free, free + 80 * GIB, 60 * GIB, 300 * GIB, 0.7 + day % 3 / 10.0);
                }
            }
        }
    }

    private void snapshots() throws SQLException {
        long id = above("snapshot");
        byte[] manifest = template("manifest", 900);
        byte[] committed = template("committed", 300);
        try (Rows rows = new Rows(
                connection,
                "snapshot",
                "id, source, version, hash, epoch, received_millis, files, bytes, stored_bytes, manifest, committed,"
                        + " forgotten_millis, forgotten_by, held")) {
            int most = count(0);
            for (int version = 1; version <= most; version++) {
                for (int i = 0; i < systems; i++) {
                    if (version <= count(i)) {
                        boolean forgotten = version <= count(i) - 60 && version % 7 != 0;
                        rows.add(
                                id++,
                                first + i,
                                (long) version,
                                hex(octets(32)),
                                (long) version,
                                received(i, version),
                                50_000L + random.nextInt(500_000),
                                (20L + random.nextInt(200)) * GIB,
                                (long) random.nextInt(500_000_000),
                                manifest,
                                committed,
                                forgotten ? now - days(5) : null,
                                forgotten ? "policy" : null,
                                version == 7 && i % 100 == 0 ? "the books of the year" : null);
                    }
                }
            }
        }
        sequence("snapshot", id);
        try (Rows rows = new Rows(connection, "lease", "source, epoch, until_millis")) {
            for (int i = 0; i < systems; i++) {
                rows.add(first + i, (long) count(i), 0L);
            }
        }
    }

    private void packs() throws SQLException {
        long pack = above("pack");
        try (Rows rows = new Rows(
                connection,
                "pack",
                "id, source, pack, class, length, k, n, from_version, to_version, state, registered_millis, unsure")) {
            for (long each = 0; each < (long) systems * PACKS_OF_A_SYSTEM; each++) {
                int i = (int) (each % systems);
                int number = (int) (each / systems);
                boolean replaced = number % 4 == 3;
                long from = 1 + (long) number * count(i) / PACKS_OF_A_SYSTEM;
                rows.add(
                        pack + each,
                        first + i,
                        hex(octets(32)),
                        number % 10 == 9 ? 1 : 0,
                        16L << 20,
                        1,
                        COPIES,
                        from,
                        replaced ? from + 10 : null,
                        "LIVE",
                        now - days(100 - number * 5L),
                        0L);
            }
        }
        long fragment = above("fragment");
        try (Rows rows = new Rows(connection, "fragment", "id, pack, number, host, fragment, length, receipt, state")) {
            for (long each = 0; each < (long) systems * PACKS_OF_A_SYSTEM; each++) {
                String name = hex(octets(32));
                long host = random.nextInt(systems);
                for (int copy = 0; copy < COPIES; copy++) {
                    rows.add(
                            fragment++,
                            pack + each,
                            0,
                            first + (host + copy) % systems,
                            name,
                            16L << 20,
                            octets(230),
                            "KEPT");
                }
            }
        }
        sequence("pack", pack + (long) systems * PACKS_OF_A_SYSTEM);
        sequence("fragment", fragment);
    }

    private void jobs() throws SQLException {
        long job = above("job");
        try (Rows rows = new Rows(
                connection,
                "job",
                "id, system, kind, state, due_millis, actor, reason, salt, order_document, paths, pages, created_millis,"
                        + " started_millis, ended_millis, claim, attempts, lease_millis, files, files_total, bytes,"
                        + " bytes_total, stored_bytes, warnings, bytes_per_second, exit_code, summary, failure")) {
            for (int day = DAYS_OF_JOBS; day > 0; day--) {
                for (int i = 0; i < systems; i++) {
                    long created = now - days(day) + i * 1_000L;
                    boolean running = day == 1 && i < RUNNING_JOBS;
                    boolean waits = day == 1 && i >= RUNNING_JOBS && i < 3 * RUNNING_JOBS;
                    boolean failed = !running && !waits && i % 97 == day;
                    rows.add(
                            job++,
                            first + i,
                            "RUN_NOW",
                            running ? "RUNNING" : waits ? "WAITING" : failed ? "FAILED" : "DONE",
                            created,
                            "central",
                            "schedule",
                            octets(16),
                            octets(120),
                            0L,
                            0,
                            created,
                            waits ? null : created + 5_000,
                            waits || running ? null : created + 90_000 + random.nextInt(600_000),
                            waits ? 0L : 1L,
                            waits ? 0 : 1,
                            running ? now + days(365) : 0L,
                            60_000L,
                            60_000L,
                            50 * GIB,
                            50 * GIB,
                            100_000_000L,
                            i % 40 == 3 ? 2L : 0L,
                            running ? 30_000_000L : 0L,
                            waits || running ? null : failed ? 1 : i % 40 == 3 ? 5 : 0,
                            null,
                            failed ? "the machine was switched off" : null);
                }
            }
        }
        sequence("job", job);
    }

    /** Those that are over; central itself finds out which last. */
    private void alerts() throws SQLException {
        long alert = above("alert");
        try (Rows rows = new Rows(
                connection,
                "alert",
                "id, kind, subject, name, detail, since_millis, raised_millis, told_millis, resolved_millis,"
                        + " acknowledged_millis, acknowledged_by")) {
            int all = Math.min(ALERTS_OVER, 10 * systems);
            for (int each = 0; each < all; each++) {
                int i = random.nextInt(systems);
                long since = now - days(30 + each % 300);
                rows.add(
                        alert++,
                        "NO_BACKUP_FOR_3_DAYS",
                        "system " + (first + i),
                        name(i),
                        "The newest backup is more than three days old.",
                        since,
                        since,
                        since + 60_000,
                        since + hours(20),
                        each % 2 == 0 ? since + hours(1) : null,
                        each % 2 == 0 ? PEOPLE[each % PEOPLE.length] : null);
            }
        }
        sequence("alert", alert);
    }

    private void policies() throws SQLException {
        long policy = above("policy");
        String document = "{\"retention\":{\"daily\":14,\"weekly\":8,\"monthly\":12}}";
        try (Rows rows = new Rows(connection, "policy", "id, scope, name, document, changed_millis, changed_by")) {
            for (int group = 0; group < GROUPS; group++) {
                rows.add(policy++, "group", "group-" + group, document, now - days(group), PEOPLE[group % 5]);
            }
            for (int i = 0; i < systems; i += 10) {
                rows.add(policy++, "system", String.valueOf(first + i), document, now - days(i % 90), PEOPLE[i % 5]);
            }
        }
        sequence("policy", policy);
        long change = above("policy_change");
        try (Rows rows = new Rows(
                connection,
                "policy_change",
                "id, scope, name, changed_millis, changed_by, before_document, after_document")) {
            for (int each = 0; each < 5 * GROUPS; each++) {
                rows.add(
                        change++,
                        "group",
                        "group-" + each % GROUPS,
                        now - days(each),
                        PEOPLE[each % 5],
                        null,
                        document);
            }
        }
        sequence("policy_change", change);
    }

    private void recoveries() throws SQLException {
        long approval = above("approval");
        try (Rows rows = new Rows(
                connection,
                "approval",
                "id, system, purpose, why, officers, asked_by, asked_millis, expires_millis, state, decided_by,"
                        + " decided_millis")) {
            for (int each = 0; each < systems / 5; each++) {
                rows.add(
                        approval++,
                        first + each,
                        "recovery as an archive",
                        "the disk is broken",
                        false,
                        PEOPLE[each % 5],
                        now - days(each % 300) - hours(5),
                        now - days(each % 300),
                        "GIVEN",
                        PEOPLE[(each + 1) % 5],
                        now - days(each % 300) - hours(4));
            }
        }
        sequence("approval", approval);
        long recovery = above("recovery");
        try (Rows rows = new Rows(
                connection,
                "recovery",
                "id, source, snapshot, version, way, paths, format, asked_by, asked_millis, expires_millis, state,"
                        + " ended_millis, files, bytes, failed, left_out, octets, served, away")) {
            for (int each = 0; each < systems / 5; each++) {
                long asked = now - days(each % 300) - hours(5);
                rows.add(
                        recovery++,
                        first + each,
                        hex(octets(32)),
                        1L,
                        "ARCHIVE",
                        0,
                        "tar",
                        PEOPLE[each % 5],
                        asked,
                        asked + days(1),
                        "DONE",
                        asked + hours(3),
                        60_000L,
                        50 * GIB,
                        0L,
                        0L,
                        50 * GIB,
                        "",
                        "");
            }
        }
        sequence("recovery", recovery);
    }

    private void log() throws SQLException {
        Chain chain = new Chain(connection);
        long all = snapshots + (long) systems * 10;
        long begun = Math.min(now - days(365), now);
        try (Rows rows = new Rows(connection, "log", Chain.COLUMNS)) {
            for (long each = 0; each < all; each++) {
                long at = begun + each * (now - begun) / all;
                long system = first + random.nextInt(systems);
                Object[] row = each % 20 == 0
                        ? chain.next(
                                at, PEOPLE[(int) (each / 20 % 5)], "order job", "job " + each, "of system " + system)
                        : chain.next(at, "system " + system, "commit", hex(octets(32)), "version " + (each % 100 + 1));
                rows.add(row);
            }
        }
        chain.close(connection);
        connection.commit();
    }

    /** How many snapshots a system has: the same number, but one in 200 never began. */
    private int count(int i) {
        return i % 200 == 199 ? 0 : (int) (((long) snapshots * 200 / 199 + systems - 1 - i) / systems);
    }

    /** When a version came: daily, most of them last night, some weeks ago. */
    private long received(int i, int version) {
        long late = i % 50 == 7 ? days(4 + i % 20) : 0;
        return now - late - days(count(i) - version) - hours(i % 24) - i;
    }

    private static String name(int i) {
        return KINDS[i % KINDS.length] + "-" + SITES[i % SITES.length].toLowerCase(java.util.Locale.ROOT) + "-" + i;
    }

    /** A real one's octets where there is one, so that whoever reads it finds its form. */
    private byte[] template(String column, int length) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select " + column + " from snapshot order by id")) {
            return found.next() ? found.getBytes(1) : octets(length);
        }
    }

    private byte[] key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair().getPublic().getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] octets(int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    private static long days(long count) {
        return count * DAY.toMillis();
    }

    private static long hours(long count) {
        return Duration.ofHours(count).toMillis();
    }

    /** A first number that no row of this table has. */
    private long above(String table) throws SQLException {
        return number("select max(id) from " + table) + ROWS_LEFT_FOR_SEQUENCES;
    }

    private void sequence(String table, long next) throws SQLException {
        execute("alter sequence " + table + "_seq restart with " + (next + ROWS_LEFT_FOR_SEQUENCES));
    }

    private long number(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            found.next();
            return found.getLong(1);
        }
    }

    private void execute(String statement) throws SQLException {
        try (Statement made = connection.createStatement()) {
            made.execute(statement);
        }
    }
}
