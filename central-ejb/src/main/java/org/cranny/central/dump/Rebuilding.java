package org.cranny.central.dump;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.cranny.central.authority.HomeCopy;

/**
 * Fills an empty, migrated database and a home from a dump. All rows come in one transaction, or none; files that are
 * there already stay as they are. Afterwards nothing is deleted anywhere for 14 days: what happened after the dump is
 * not known to central, and must not look like rubbish.
 */
final class Rebuilding implements DumpReader.Visitor, AutoCloseable {
    static final Duration PRUNE_LOCKED = Duration.ofDays(14);

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,59}");
    private static final int BATCH = 500;

    private final Connection connection;
    private final HomeCopy home;
    private final Instant now;
    private final Tables tables;
    private final List<Integer> types = new ArrayList<>();
    private PreparedStatement insert;
    private int waiting;
    private String made;
    private long rows;

    /** @param connection its transaction is the caller's to end */
    Rebuilding(Connection connection, HomeCopy home, Instant now) throws SQLException {
        this.connection = connection;
        this.home = home;
        this.now = now;
        tables = new Tables(connection);
    }

    /** @throws IOException when the database has machines or a log in it already */
    void clear() throws IOException, SQLException {
        try (Statement statement = connection.createStatement()) {
            if (number(statement, "select count(*) from system") > 0
                    || number(statement, "select max(sequence) from log_head") > 0) {
                throw new IOException("the database is not empty: restore into a new one");
            }
            List<String> names = new ArrayList<>(tables.names());
            Collections.reverse(names);
            for (String name : names) {
                statement.executeUpdate("delete from " + name);
            }
        }
    }

    /** How many rows came. */
    long rows() {
        return rows;
    }

    /** When the dump was made. */
    String made() {
        return made;
    }

    @Override
    public void head(JsonObject head) {
        made = head.getString("time");
    }

    @Override
    public void file(String name, byte[] octets) throws IOException {
        home.put(name, octets);
    }

    @Override
    public void sequence(String name, long next) throws IOException {
        try (Statement statement = connection.createStatement()) {
            if (tables.sequences().containsKey(name)) {
                statement.execute("alter sequence " + named(name) + " restart with " + next);
            }
        } catch (SQLException e) {
            throw new IOException("sequence " + name + " cannot be set", e);
        }
    }

    @Override
    public void table(String name, List<String> columns) throws IOException {
        try {
            finish();
            Map<String, Integer> known = tables.columns(named(name));
            types.clear();
            for (String column : columns) {
                if (!known.containsKey(named(column))) {
                    throw new IOException("the dump has a column that this Cranny does not know: " + name + "." + column
                            + "; restore with the version that made it");
                }
                types.add(known.get(column));
            }
            insert = connection.prepareStatement("insert into " + name + " (" + String.join(", ", columns)
                    + ") values (" + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")");
        } catch (SQLException e) {
            throw new IOException("table " + name + " cannot be filled", e);
        }
    }

    @Override
    public void row(JsonArray values) throws IOException {
        try {
            if (values.size() != types.size()) {
                throw new IOException("a row does not fit its table");
            }
            for (int i = 0; i < values.size(); i++) {
                set(i + 1, values.get(i), types.get(i));
            }
            insert.addBatch();
            rows++;
            if (++waiting == BATCH) {
                send();
            }
        } catch (SQLException e) {
            throw new IOException("a row cannot be written", e);
        }
    }

    /** Writes what is left, locks pruning, and forgets what hosts said last: they have said more since. */
    void end() throws SQLException {
        finish();
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("update host set last_reports = null, last_receipt = null");
        }
        try (PreparedStatement lock =
                connection.prepareStatement("insert into prune_lock (id, until_millis, reason) values (?, ?, ?)")) {
            lock.setLong(1, now.toEpochMilli());
            lock.setLong(2, now.plus(PRUNE_LOCKED).toEpochMilli());
            lock.setString(3, "central was made again from its dump of " + made);
            lock.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        if (insert != null) {
            insert.close();
        }
    }

    private void set(int position, JsonValue value, int type) throws SQLException {
        if (value == JsonValue.NULL) {
            insert.setNull(position, type);
        } else if (value instanceof JsonNumber number) {
            if (type == Types.DOUBLE) {
                insert.setDouble(position, number.doubleValue());
            } else {
                insert.setLong(position, number.longValueExact());
            }
        } else if (Tables.TRUTHS.contains(type)) {
            insert.setBoolean(position, value == JsonValue.TRUE);
        } else if (Tables.OCTETS.contains(type)) {
            insert.setBytes(position, Base64.getDecoder().decode(((JsonString) value).getString()));
        } else {
            insert.setString(position, ((JsonString) value).getString());
        }
    }

    private void finish() throws SQLException {
        if (insert != null) {
            send();
            insert.close();
            insert = null;
        }
    }

    private void send() throws SQLException {
        if (waiting > 0) {
            insert.executeBatch();
            waiting = 0;
        }
    }

    private static long number(Statement statement, String question) throws SQLException {
        try (ResultSet rows = statement.executeQuery(question)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static String named(String name) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IOException("the dump names something that cannot be: " + name);
        }
        return name;
    }
}
