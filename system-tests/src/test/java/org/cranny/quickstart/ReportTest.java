package org.cranny.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {

    @ParameterizedTest
    @CsvSource({
        "0,0 bytes",
        "999,999 bytes",
        "1000,1.00 kB",
        "12345,12.3 kB",
        "999499,999 kB",
        "999500,1.00 MB",
        "1234567890,1.23 GB"
    })
    void showsBytesWithThreeDigits(long bytes, String shown) {
        assertEquals(shown, Report.size(bytes));
    }
}
