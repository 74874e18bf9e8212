package org.cranny.bench;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;

/**
 * One run of the seed: the rows that so many machines leave in central's database. Each lends space and is backed up
 * daily, most of them in time. Drawn from one seed, so that two runs differ by the time of day alone. Names of files are
 * nowhere, and what is signed or sealed is only as long as if it were.
 */
final class Run {
    static final long GIB = 1L << 30;
    static final int GROUPS = 40;
    private static final int OWNERS = 4_000;
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

    Run(Connection connection, int systems, int snapshots, Instant now) throws SQLException {
        this.connection = connection;
        this.systems = systems;
        this.snapshots = snapshots;
        this.now = now.toEpochMilli();
        this.first = number("select max(number) from system") + 1;
    }

    /** Adds everything. @param told what is done */
    void add(Consumer<String> told) throws SQLException {
        told.accept(systems + " systems from number " + first);
        new Machines(this).add();
        new Lending(this).add();
        told.accept(snapshots + " snapshots and their packs");
        new Backups(this).add();
        told.accept("jobs, recoveries");
        new Orders(this).add();
        told.accept("alerts, policies");
        new Oversight(this).add();
        told.accept("the log");
        new History(this).add();
        execute("alter sequence system_seq restart with " + (first + systems + 1));
        connection.commit();
    }

    Connection connection() {
        return connection;
    }

    int systems() {
        return systems;
    }

    int snapshots() {
        return snapshots;
    }

    /** In milliseconds. */
    long now() {
        return now;
    }

    /** The number of the first system that is added; the others follow. */
    long first() {
        return first;
    }

    /** @param columns with commas between */
    Rows rows(String table, String columns) throws SQLException {
        return new Rows(connection, table, columns);
    }

    /** How many snapshots a system has: the same number, but one in 200 never began. */
    int count(int i) {
        return i % 200 == 199 ? 0 : (int) (((long) snapshots * 200 / 199 + systems - 1 - i) / systems);
    }

    /** When a version came: daily, most of them last night, some weeks ago. */
    long received(int i, int version) {
        long late = i % 50 == 7 ? days(4 + i % 20) : 0;
        return now - late - days(count(i) - version) - hours(i % 24) - i;
    }

    static String name(int i) {
        return KINDS[i % KINDS.length] + "-" + site(i).toLowerCase(Locale.ROOT) + "-" + i;
    }

    /** Nobody owns every third machine; all others have one of a few thousand owners. */
    static String owner(int i) {
        return i % 3 == 0 ? null : "person" + i % OWNERS + "@example.org";
    }

    static String site(int i) {
        return SITES[i % SITES.length];
    }

    static String person(long i) {
        return PEOPLE[(int) (i % PEOPLE.length)];
    }

    /** A real one's octets where there is one, so that whoever reads it finds its form. */
    byte[] template(String column, int length) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select " + column + " from snapshot order by id")) {
            return found.next() ? found.getBytes(1) : octets(length);
        }
    }

    /** @return 0..bound - 1 */
    int random(int bound) {
        return random.nextInt(bound);
    }

    byte[] octets(int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }

    static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    static long days(long count) {
        return Duration.ofDays(count).toMillis();
    }

    static long hours(long count) {
        return Duration.ofHours(count).toMillis();
    }

    /** A first number that no row of this table has. */
    long above(String table) throws SQLException {
        return number("select max(id) from " + table) + ROWS_LEFT_FOR_SEQUENCES;
    }

    /** Lets central go on behind the rows of a table. @param next behind the last one */
    void sequence(String table, long next) throws SQLException {
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
