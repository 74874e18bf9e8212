package org.cranny.central.dump;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tables and sequences of central's schema, on H2 and PostgreSQL alike, by their names in lower case. Timers of the
 * server and the record of migrations are not among them: a server makes these itself.
 */
final class Tables {
    /** Types of columns that hold octets. */
    static final Set<Integer> OCTETS = Set.of(Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB);

    /** Types of columns that hold whole numbers. */
    static final Set<Integer> NUMBERS = Set.of(Types.BIGINT, Types.INTEGER, Types.SMALLINT);

    /** Types of columns that hold true or false, of H2 and of PostgreSQL. */
    static final Set<Integer> TRUTHS = Set.of(Types.BOOLEAN, Types.BIT);

    private final Connection connection;
    private final boolean h2;

    Tables(Connection connection) throws SQLException {
        this.connection = connection;
        h2 = connection.getMetaData().getDatabaseProductName().equals("H2");
    }

    boolean h2() {
        return h2;
    }

    /** Names of the tables, each behind those that it refers to, else by name. */
    List<String> names() throws SQLException {
        Map<String, Set<String>> refersTo = new TreeMap<>();
        DatabaseMetaData about = connection.getMetaData();
        try (ResultSet tables = about.getTables(null, schema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (tables.next()) {
                String name = tables.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
                if (!name.startsWith("ejb__timer") && !name.equals("flyway_schema_history")) {
                    refersTo.put(name, new TreeSet<>());
                }
            }
        }
        for (Map.Entry<String, Set<String>> table : refersTo.entrySet()) {
            try (ResultSet keys = about.getImportedKeys(null, schema(), stored(table.getKey()))) {
                while (keys.next()) {
                    table.getValue().add(keys.getString("PKTABLE_NAME").toLowerCase(Locale.ROOT));
                }
            }
            table.getValue().remove(table.getKey());
        }
        return sorted(refersTo);
    }

    /** Columns of a table and their types ({@link java.sql.Types}), in their order. */
    Map<String, Integer> columns(String table) throws SQLException {
        Map<String, Integer> columns = new LinkedHashMap<>();
        try (ResultSet rows = connection.getMetaData().getColumns(null, schema(), escaped(stored(table)), "%")) {
            while (rows.next()) {
                columns.put(rows.getString("COLUMN_NAME").toLowerCase(Locale.ROOT), rows.getInt("DATA_TYPE"));
            }
        }
        return columns;
    }

    /** Columns of the primary key, in their order. */
    List<String> key(String table) throws SQLException {
        Map<Integer, String> key = new TreeMap<>();
        try (ResultSet rows = connection.getMetaData().getPrimaryKeys(null, schema(), stored(table))) {
            while (rows.next()) {
                key.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
            }
        }
        return List.copyOf(key.values());
    }

    /** Sequences and a number from which each may go on. */
    Map<String, Long> sequences() throws SQLException {
        Map<String, Long> sequences = new TreeMap<>();
        String question = h2
                ? "select sequence_name, base_value from information_schema.sequences where sequence_schema = 'PUBLIC'"
                : "select sequencename, coalesce(last_value + increment_by, start_value) from pg_sequences"
                        + " where schemaname = current_schema()";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            while (rows.next()) {
                String name = rows.getString(1).toLowerCase(Locale.ROOT);
                if (!name.startsWith("ejb__timer")) {
                    sequences.put(name, rows.getLong(2));
                }
            }
        }
        return sequences;
    }

    private String schema() {
        return h2 ? "PUBLIC" : "public";
    }

    private String stored(String name) {
        return h2 ? name.toUpperCase(Locale.ROOT) : name;
    }

    private String escaped(String name) throws SQLException {
        return name.replace("_", connection.getMetaData().getSearchStringEscape() + "_");
    }

    private static List<String> sorted(Map<String, Set<String>> refersTo) {
        List<String> sorted = new ArrayList<>();
        while (sorted.size() < refersTo.size()) {
            int before = sorted.size();
            refersTo.forEach((name, others) -> {
                if (!sorted.contains(name) && sorted.containsAll(others)) {
                    sorted.add(name);
                }
            });
            if (sorted.size() == before) {
                throw new IllegalStateException("tables refer to each other in a circle");
            }
        }
        return sorted;
    }
}
