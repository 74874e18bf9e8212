package org.cranny.engine.posix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NameTextTest {
    @Test
    void anyOctetsComeBackFromTheirText() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            byte[] name = new byte[random.nextInt(20)];
            random.nextBytes(name);
            assertArrayEquals(name, NameText.parse(NameText.of(name)));
        }
    }

    @Test
    void showsWhatPeopleRead() {
        assertEquals("grüße\\xFF\\\\n\\x0A", NameText.of(octets("grüße", 0xff, '\\', 'n', '\n')));
        assertArrayEquals("/a b/ü".getBytes(StandardCharsets.UTF_8), NameText.parse("/a b/ü"));
    }

    @Test
    void refusesABackslashThatMeansNothing() {
        for (String bad : new String[] {"\\", "a\\n", "\\x", "\\x1", "\\xg0"}) {
            assertThrows(IllegalArgumentException.class, () -> NameText.parse(bad), bad);
        }
    }

    private static byte[] octets(String text, int... more) {
        byte[] begin = text.getBytes(StandardCharsets.UTF_8);
        byte[] all = java.util.Arrays.copyOf(begin, begin.length + more.length);
        for (int i = 0; i < more.length; i++) {
            all[begin.length + i] = (byte) more[i];
        }
        return all;
    }
}
