package org.cranny.web.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells of the log that a spreadsheet opens. */
class CsvLogTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "@SUM(1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "\uFF1D1+1",
                "\uFF0B1",
                "\uFF0D1",
                "\uFF20SUM(1)",
                "=HYPERLINK(\"https://evil.example\")"
            })
    void noCellIsAFormula(String text) {
        assertTrue(CsvLog.cell(text).startsWith("\"'"), CsvLog.cell(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"=1", "\";=1", "\",=1", ",=1", "a\"\nb"})
    void noTextEndsItsCell(String text) {
        String cell = CsvLog.cell(text);
        assertEquals(text, cell.substring(1, cell.length() - 1).replace("\"\"", "\""));
    }
}
