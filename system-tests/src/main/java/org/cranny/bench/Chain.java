package org.cranny.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import org.cranny.protocol.octets.OctetWriter;

/** Rows of central's log, each bound to the one before as central binds them, so that the log verifies. */
final class Chain {
    static final String COLUMNS = "sequence, written_millis, actor, action, subject, detail, previous, hash";

    private long sequence;
    private String hash;

    /** Goes on where the log ends. */
    Chain(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet head = statement.executeQuery("select sequence, hash from log_head where id = 1")) {
            head.next();
            sequence = head.getLong(1);
            hash = head.getString(2);
        }
    }

    Object[] next(long millis, String actor, String action, String subject, String detail) {
        String previous = hash;
        sequence++;
        hash = HexFormat.of()
                .formatHex(Run.sha256(new OctetWriter()
                        .text("cranny 1 log")
                        .text(previous)
                        .u64(sequence)
                        .u64(millis)
                        .text(actor)
                        .text(action)
                        .text(subject)
                        .text(detail)
                        .toByteArray()));
        return new Object[] {sequence, millis, actor, action, subject, detail, previous, hash};
    }

    /** Writes where the log ends now. */
    void close(Connection connection) throws SQLException {
        try (PreparedStatement head =
                connection.prepareStatement("update log_head set sequence = ?, hash = ? where id = 1")) {
            head.setLong(1, sequence);
            head.setString(2, hash);
            head.executeUpdate();
        }
    }
}
