package org.cranny.central.dump;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** Lets tests of other packages use the tool as the command line does. */
public final class TestDumpTool {
    private static final Set<Integer> KNOWN = Set.of(Types.DOUBLE, Types.VARCHAR);

    private TestDumpTool() {}

    /** Columns whose type has no way into a dump and back. */
    public static List<String> columnsThatNoDumpKnows(DataSource dataSource) throws SQLException {
        List<String> unknown = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            Tables tables = new Tables(connection);
            for (String table : tables.names()) {
                tables.columns(table).forEach((column, type) -> {
                    if (!KNOWN.contains(type)
                            && !Tables.OCTETS.contains(type)
                            && !Tables.NUMBERS.contains(type)
                            && !Tables.TRUTHS.contains(type)) {
                        unknown.add(table + "." + column + " " + type);
                    }
                });
            }
        }
        return unknown;
    }

    /** @return the exit code, a blank, and what was said */
    public static String run(String... arguments) {
        return run(null, arguments);
    }

    /** @param hosts what the tool finds instead of daemons */
    public static String run(DumpHosts hosts, String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        int code = DumpTool.run(central -> hosts, out, out, arguments);
        return code + " " + said.toString(StandardCharsets.UTF_8).strip();
    }
}
