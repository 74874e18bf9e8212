package org.cranny.ear;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The timers that central's database keeps while no server runs. */
final class KeptTimers {
    private static final Pattern INFO = Pattern.compile("[a-z-]+ every [0-9]+ s");

    private KeptTimers() {}

    /** What they say of themselves. */
    static List<String> infos() throws SQLException {
        List<String> infos = new ArrayList<>();
        String url = "jdbc:h2:file:" + Server.HOME.resolve("database/central") + ";IFEXISTS=TRUE;DB_CLOSE_DELAY=0";
        try (Connection connection = DriverManager.getConnection(url, "cranny", "embedded");
                Statement statement = connection.createStatement();
                ResultSet timers = statement.executeQuery("select \"BLOB\" from ejb__timer__tbl")) {
            while (timers.next()) {
                String octets = new String(timers.getBytes(1), StandardCharsets.ISO_8859_1);
                infos.add(INFO.matcher(octets)
                        .results()
                        .map(MatchResult::group)
                        .findFirst()
                        .orElse("?"));
            }
        }
        return infos;
    }
}
