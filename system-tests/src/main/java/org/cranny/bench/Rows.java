package org.cranny.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;

/** Adds rows to one table, many at a time. Two of them never change one table at once. */
final class Rows implements AutoCloseable {
    private static final int AT_ONCE = 1_000;

    private final Connection connection;
    private final PreparedStatement insert;
    private int waiting;

    /** @param columns with commas between */
    Rows(Connection connection, String table, String columns) throws SQLException {
        this.connection = connection;
        int count = columns.split(",").length;
        insert = connection.prepareStatement("insert into " + table + " (" + columns + ") values ("
                + String.join(", ", Collections.nCopies(count, "?")) + ")");
    }

    /** Adds a row. @param values in the order of the columns; null for nothing */
    void add(Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            insert.setObject(i + 1, values[i]);
        }
        insert.addBatch();
        if (++waiting == AT_ONCE) {
            flush();
        }
    }

    private void flush() throws SQLException {
        insert.executeBatch();
        connection.commit();
        waiting = 0;
    }

    @Override
    public void close() throws SQLException {
        flush();
        insert.close();
    }
}
