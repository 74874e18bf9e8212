package org.cranny.engine.browse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GlobTest {
    @Test
    void starAndQuestionMarkStandForOctets() {
        matches("*.txt", "a.txt", true);
        matches("*.txt", "a.txt.gz", false);
        matches("?.txt", "ab.txt", false);
        matches("*", "", true);
        matches("", "", true);
        matches("", "a", false);
        matches("a*b*c", "aXXbYYc", true);
        matches("a*b*c", "aXXbYY", false);
        matches("**", "anything", true);
        matches("\\*", "*", true);
        matches("\\*", "a", false);
        matches("[a]", "[a]", true);
    }

    @Test
    void evilPatternsTakeNoTime() {
        String name = "a".repeat(255);
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            Glob glob = new Glob(octets("*a".repeat(120) + "b"));
            for (int i = 0; i < 100; i++) {
                assertFalse(glob.matches(octets(name)));
            }
        });
    }

    private static void matches(String pattern, String name, boolean expected) {
        assertEquals(expected, new Glob(octets(pattern)).matches(octets(name)), pattern + " " + name);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
