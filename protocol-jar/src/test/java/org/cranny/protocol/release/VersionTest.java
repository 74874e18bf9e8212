package org.cranny.protocol.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
    /** As {@code dpkg --compare-versions} orders them. */
    private static final List<String> ASCENDING = List.of(
            "0.1.0~rc1",
            "0.1.0",
            "0.1.0+fix",
            "0.1.1",
            "0.2",
            "0.2a",
            "0.2.0",
            "0.9",
            "0.10",
            "1.0~~",
            "1.0~",
            "1.0",
            "1.0z",
            "1.0+",
            "2");

    @Test
    void orderedAsDebianOrdersThem() {
        for (int i = 0; i < ASCENDING.size(); i++) {
            for (int j = 0; j < ASCENDING.size(); j++) {
                int expected = Integer.signum(i - j);
                Version one = new Version(ASCENDING.get(i));
                Version other = new Version(ASCENDING.get(j));
                assertEquals(expected, Integer.signum(one.compareTo(other)), one + " and " + other);
            }
        }
    }

    @Test
    void zerosInFrontCountForNothing() {
        assertEquals(new Version("1.02"), new Version("1.2"));
        assertEquals(new Version("1.02").hashCode(), new Version("1.2").hashCode());
        assertNotEquals(new Version("1.20"), new Version("1.2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1", "1 0", "1/../2", "1\n2", "1-2"})
    void whatIsNoVersionIsRefused(String text) {
        assertFalse(Version.isOne(text));
        assertThrows(IllegalArgumentException.class, () -> new Version(text));
    }
}
