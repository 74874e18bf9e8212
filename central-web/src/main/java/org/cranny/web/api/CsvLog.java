package org.cranny.web.api;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.cranny.central.log.AuditLog;
import org.cranny.central.log.LogLine;

/** Writes the log as CSV (RFC 4180). A cell that a spreadsheet would take for a formula begins with an apostrophe. */
final class CsvLog {
    /** The wide forms count too: spreadsheets of some countries take them for the narrow ones. */
    private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private final Writer out;

    CsvLog(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    void write(AuditLog log, long after) throws IOException {
        out.write("sequence,written,actor,action,subject,detail,hash\r\n");
        try {
            log.behind(after, this::line);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.flush();
    }

    private void line(LogLine line) {
        try {
            out.write(String.join(
                            ",",
                            String.valueOf(line.sequence()),
                            line.written().toString(),
                            cell(line.actor()),
                            cell(line.action()),
                            cell(line.subject()),
                            cell(line.detail()),
                            line.hash())
                    + "\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String cell(String text) {
        boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
        return "\"" + (formula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
    }
}
