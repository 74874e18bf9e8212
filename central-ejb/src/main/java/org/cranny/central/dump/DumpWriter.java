package org.cranny.central.dump;

import com.github.luben.zstd.ZstdOutputStream;
import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.cranny.central.authority.HomeCopy;

/** Writes lines of JSON, compressed: a head, files of the home, sequences, tables with their rows, an end that counts. */
final class DumpWriter implements AutoCloseable {
    private static final int ROWS_AT_ONCE = 500;
    private static final int LEVEL = 3;

    private final OutputStream out;
    private long lines;

    DumpWriter(OutputStream out) throws IOException {
        this.out = new ZstdOutputStream(out, LEVEL);
    }

    void head(String realm, Instant time) throws IOException {
        line(json -> json.writeStartObject()
                .write("cranny", "dump")
                .write("format", DumpFormat.VERSION)
                .write("realm", realm)
                .write("time", time.toString())
                .writeEnd());
    }

    void files(HomeCopy home) throws IOException {
        for (String name : home.names()) {
            String octets = Base64.getEncoder().encodeToString(home.read(name));
            line(json -> json.writeStartObject()
                    .write("file", name)
                    .write("octets", octets)
                    .writeEnd());
        }
    }

    /** Everything that one moment saw. Sequences are read after that moment began, so they are never behind the rows. */
    void database(Connection connection) throws IOException, SQLException {
        Tables tables = new Tables(connection);
        begin(connection, tables.h2());
        for (Map.Entry<String, Long> sequence : tables.sequences().entrySet()) {
            line(json -> json.writeStartObject()
                    .write("sequence", sequence.getKey())
                    .write("next", sequence.getValue())
                    .writeEnd());
        }
        for (String table : tables.names()) {
            table(connection, table, tables);
        }
    }

    /** What follows this proves that nothing is missing. */
    void end() throws IOException {
        long before = lines;
        line(json -> json.writeStartObject().write("end", before).writeEnd());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private static void begin(Connection connection, boolean h2) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (h2) {
                statement.execute("set session characteristics as transaction isolation level snapshot");
            } else {
                statement.execute("set transaction isolation level repeatable read, read only");
            }
            statement.executeQuery("select count(*) from log_head").close();
        }
    }

    private void table(Connection connection, String table, Tables tables) throws IOException, SQLException {
        List<String> columns = List.copyOf(tables.columns(table).keySet());
        line(json -> {
            json.writeStartObject().write("table", table).writeStartArray("columns");
            columns.forEach(json::write);
            json.writeEnd().writeEnd();
        });
        List<String> key = tables.key(table);
        String order = key.isEmpty() ? "" : " order by " + String.join(", ", key);
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet rows =
                    statement.executeQuery("select " + String.join(", ", columns) + " from " + table + order)) {
                while (rows.next()) {
                    row(rows);
                }
            }
        }
    }

    private void row(ResultSet rows) throws IOException, SQLException {
        ResultSetMetaData about = rows.getMetaData();
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.createGenerator(text)) {
            json.writeStartArray();
            for (int column = 1; column <= about.getColumnCount(); column++) {
                value(json, rows, column, about.getColumnType(column));
            }
            json.writeEnd();
        }
        put(text);
    }

    private static void value(JsonGenerator json, ResultSet rows, int column, int type) throws SQLException {
        if (rows.getObject(column) == null) {
            json.writeNull();
        } else if (Tables.OCTETS.contains(type)) {
            json.write(Base64.getEncoder().encodeToString(rows.getBytes(column)));
        } else if (type == Types.DOUBLE) {
            json.write(rows.getDouble(column));
        } else if (Tables.NUMBERS.contains(type)) {
            json.write(rows.getLong(column));
        } else if (Tables.TRUTHS.contains(type)) {
            json.write(rows.getBoolean(column));
        } else if (type == Types.VARCHAR) {
            json.write(rows.getString(column));
        } else {
            throw new IllegalStateException("a dump knows no columns of type " + type);
        }
    }

    private interface Line {
        void write(JsonGenerator json);
    }

    private void line(Line line) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.createGenerator(text)) {
            line.write(json);
        }
        put(text);
    }

    private void put(StringWriter text) throws IOException {
        out.write(text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
        lines++;
    }
}
