package org.cranny.daemon.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LendingTest {

    @ParameterizedTest
    @CsvSource({
        "512,512",
        "1k,1024",
        "20G,21474836480",
        "1.5T,1649267441664",
        "500 M,0",
        "3GiB,3221225472",
        "7mb,7340032"
    })
    void readsSizesInPowersOf1024(String text, long octets) {
        if (octets == 0) {
            assertThrows(IllegalArgumentException.class, () -> Lending.bytes(text));
        } else {
            assertEquals(octets, Lending.bytes(text));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "much", "-1G", "1E", "101%"})
    void refusesKeepFreeThatIsNeitherSizeNorShare(String text) {
        assertThrows(IllegalArgumentException.class, () -> Lending.parse("1G", text));
    }

    @Test
    void keepsAShareOfTheDiskFree() {
        assertEquals(100, Lending.parse("1G", "10%").keepFree(1_000));
    }

    @Test
    void lendsAShareOfTheDisk() {
        assertEquals(400, Lending.parse("40%", "5G").quota(1_000));
        assertEquals(1_000, Lending.parse(null, "5G").quota(1_000));
        assertThrows(IllegalArgumentException.class, () -> Lending.parse("140%", "5G"));
    }

    @Test
    void ofTwoTakesWhatLendsLess() {
        Lending both = new Lending(500, 90, 10, 20).within(new Lending(700, 40, 5, 30));
        assertEquals(new Lending(500, 40, 10, 30), both);
    }

    @Test
    void lendsWhateverKeepFreeLeavesWithoutAQuota() {
        assertEquals(Long.MAX_VALUE, Lending.parse(null, "5G").quotaBytes());
    }
}
