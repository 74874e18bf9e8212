package org.cranny.central.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many programs are upgraded at once. */
class StagesTest {
    @ParameterizedTest
    @CsvSource({"1,0,1", "300,0,1", "5,1,1", "5,2,20", "100,1,10", "100,10,10", "100,11,20", "5000,1,20", "5000,501,20"
    })
    void aFewFirst(long all, long upgraded, long atOnce) {
        assertEquals(atOnce, Orders.atOnce(all, upgraded));
    }
}
